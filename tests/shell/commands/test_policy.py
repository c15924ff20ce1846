"""`:policy` and `:subscriber`: what a host judges by, changed while the session runs."""

from __future__ import annotations

import pytest

from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation
from smtpsim.session.timeline import Timeline
from smtpsim.world import policies
from tests.shell.commands.orders import arguments, done, refused, run

LETTER = ("From: shop@example.org", "Subject: x", "", "x", ".")


def ordered(simulation: Simulation, *lines: str) -> Simulation:
    """After these lines; one with a colon is an order."""
    for line in lines:
        simulation = done(simulation, line).after if line.startswith(":") else simulation.say(line).after
    return simulation


def names(simulation: Simulation, host: str) -> list[str]:
    return [used.policy.name for used in simulation.world.hosts[host].policies]


def replied(simulation: Simulation, *lines: str) -> str:
    """The reply to the last line."""
    *before, last = lines
    turn = ordered(simulation, *before).say(last)
    assert turn.reply is not None
    return f"{turn.reply.code} {turn.reply.lines[0]}"


def test_the_running_connection_is_judged_by_what_has_changed(simulation: Simulation) -> None:
    said = (":connect mx.hogefuga.com", ":ip 203.0.113.66", "EHLO a.example")
    mail = "MAIL FROM:<order-update@amazon.co.jp>"
    assert replied(simulation, *said, mail).startswith("250")
    assert replied(simulation, *said, ":policy spf fail reject", mail).startswith("550")
    assert replied(simulation, *said, ":policy spf fail reject", ":policy spf off", mail).startswith("250")


def test_another_host_is_named_first(simulation: Simulation) -> None:
    after = ordered(simulation, ":policy mx.hogefuga.com mailbox off")
    assert names(after, "mx.hogefuga.com") == ["spf", "lookalike", "relay"]
    assert after.connection == simulation.connection


def test_what_was_off_comes_back_to_its_place_with_its_settings(simulation: Simulation) -> None:
    before = names(simulation, "mx.example.net")
    after = ordered(simulation, ":policy MX.example.net spf off", ":policy mx.example.net spf on")
    assert after.world.hosts["mx.example.net"] == simulation.world.hosts["mx.example.net"]
    assert names(after, "mx.example.net") == before


def test_a_policy_that_a_host_never_had_is_asked_last(simulation: Simulation) -> None:
    after = ordered(simulation, ":policy mx.hogefuga.com three-identities on")
    assert names(after, "mx.hogefuga.com")[-1] == "three_identities"
    settings = after.world.hosts["mx.hogefuga.com"].policies[-1].settings
    assert settings == policies.load("three_identities").settings


@pytest.mark.parametrize("name", policies.names())
def test_every_policy_can_be_switched_on_and_off(simulation: Simulation, name: str) -> None:
    for host in ("mx.hogefuga.com", "mx.docomo.ne.jp"):
        on = ordered(simulation, f":policy {host} {name} on")
        assert name in names(on, host)
        assert name not in names(ordered(on, f":policy {host} {name} off"), host)
        assert names(ordered(on, f":policy {host} {name} on"), host) == names(on, host)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("three_identities helo off", "helo", False),
        ("three_identities HELO On", "helo", True),
        ("three_identities action drop", "action", "drop"),
        ("three_identities exempt permit allow", "exempt", ("permit", "allow")),
        ("three_identities exempt permit,allow", "exempt", ("permit", "allow")),
        ("three_identities exempt none", "exempt", ()),
        ("lookalike trusted a.example b.example", "trusted", ("a.example", "b.example")),
    ],
)
def test_settings_are_typed_as_they_are_written(simulation: Simulation, line: str, name: str, value: object) -> None:
    policy = line.partition(" ")[0]
    after = ordered(simulation, f":policy mx.hogefuga.com {policy} on", f":policy mx.hogefuga.com {line}")
    used = next(used for used in after.world.hosts["mx.hogefuga.com"].policies if used.policy.name == policy)
    assert used.settings[name] == value


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (":policy nosuch", "policy-unknown"),
        (":policy mx.nosuch.example spf on", "policy-unknown"),
        (":policy spf perhaps", "policy-setting"),
        (":policy spf fail", "policy-value"),
        (":policy spf fail perhaps", "policy-value"),
        (":policy spf on now", "policy-setting"),
        (":policy three_identities helo off", "policy-off-here"),
        (":policy dmarc fail mark", "policy-off-here"),
        (":policy mx.docomo.ne.jp three_identities helo perhaps", "policy-value"),
        (":policy mx.docomo.ne.jp three_identities exempt permit deny", "policy-value"),
        (":policy mx.example.net lookalike trusted", "policy-value-missing"),
        (":subscriber", "subscriber-missing"),
        (":subscriber nobody@docomo.ne.jp", "inbox-unknown"),
        (":subscriber test@hogefuga.com allow example.org", "subscriber-none"),
        (":subscriber taro@docomo.ne.jp level low", "subscriber-setting"),
        (":subscriber aoi@au.com spoofing off", "subscriber-setting"),
        (":subscriber aoi@au.com level higher", "policy-value"),
        (":subscriber taro@docomo.ne.jp spoofing perhaps", "policy-value"),
        (":subscriber taro@docomo.ne.jp allow", "subscriber-entry"),
        (":subscriber taro@docomo.ne.jp allow exam ple", "subscriber-entry"),
        (":subscriber taro@docomo.ne.jp remove", "subscriber-setting"),
        (":subscriber taro@docomo.ne.jp allow remove example.org", "subscriber-not-there"),
    ],
)
def test_what_cannot_be_is_told_with_what_can(simulation: Simulation, line: str, key: str) -> None:
    assert refused(simulation, line) == key


def test_looking_changes_nothing(simulation: Simulation) -> None:
    for line in (":policy", ":policy spf", ":policy mx.au.com", ":subscriber taro@docomo.ne.jp"):
        after = done(simulation, line).after
        assert after.world == simulation.world
        assert after.connection == simulation.connection


def test_a_change_can_be_undone(simulation: Simulation) -> None:
    timeline = Timeline(done(simulation, ":policy"))
    timeline.add(done(timeline.now.after, ":policy smtp.example.com spf off"))
    assert "spf" not in names(timeline.now.after, "smtp.example.com")
    timeline.goto(0)
    assert "spf" in names(timeline.now.after, "smtp.example.com")


DOCOMO = (":connect mx.docomo.ne.jp", ":ip 198.51.100.130", "EHLO email-smtp.ap-northeast-1.amazonses.com")
ENVELOPE = ("MAIL FROM:<shop@example.org>", "RCPT TO:<taro@docomo.ne.jp>", "DATA", *LETTER)


def test_a_subscriber_permits_and_thinks_better_of_it(simulation: Simulation) -> None:
    refusal = "550 Unknown user taro@docomo.ne.jp"
    assert replied(simulation, *DOCOMO, *ENVELOPE) == refusal
    permit = ":subscriber taro@docomo.ne.jp permit Example.ORG"
    assert replied(simulation, *DOCOMO, permit, *ENVELOPE).startswith("250 ")
    for remove in ("permit remove example.org", "remove permit example.org"):
        lines = (*DOCOMO, permit, f":subscriber taro@docomo.ne.jp {remove}", *ENVELOPE)
        assert replied(simulation, *lines) == refusal


def test_spoofing_off_and_a_lower_level(simulation: Simulation) -> None:
    assert replied(simulation, *DOCOMO, ":subscriber taro spoofing off", *ENVELOPE).startswith("250 ")
    after = ordered(simulation, ":subscriber aoi@au.com level LOW")
    assert after.world.mailboxes["aoi@au.com"].subscriber.level == "low"
    assert after.world.mailboxes["aoi@ezweb.ne.jp"].subscriber.level == "high"


def test_an_entry_is_on_a_list_once(simulation: Simulation) -> None:
    line = ":subscriber taro@docomo.ne.jp deny example.org"
    assert ordered(simulation, line, line).world.mailboxes["taro@docomo.ne.jp"].subscriber.deny == ("example.org",)


def test_everything_that_completion_offers_can_be_typed(simulation: Simulation) -> None:
    everywhere = simulation
    for name in policies.names():
        everywhere = ordered(everywhere, f":policy {name} on")
    for line in arguments("policy", everywhere):
        made = run(everywhere, f":policy {line}")
        assert not isinstance(made, Wrong) or made.key == "policy-value-missing", line
    for line in arguments("subscriber", simulation):
        made = run(simulation, f":subscriber {line}")
        assert not isinstance(made, Wrong) or (line.endswith(" ") and made.key == "subscriber-entry"), line
