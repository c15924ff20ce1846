"""Who hears of success, and how often, where an address stands for others (RFC 3461 5.2.7); and of failed bounces."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage, Message

import pytest

from smtpsim.kernel.duration import DAY
from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.world.model import World
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue

Build = Callable[..., World]

HERE = """\
addresses = ["192.0.2.1"]
domains = ["here.test"]
extensions = ["dsn"]
relay-for = ["192.0.2.0/24"]
policies = ["relay"]
{more}

[mailboxes]
ann = "Ann"
ben = "Ben"
"""
GROUPS = """
[aliases]
both = ["ann@here.test", "ben@here.test"]
one = ["ann@here.test"]

[lists]
team = ["ann@here.test", "ben@here.test"]
"""
THERE = """\
addresses = ["192.0.2.2"]
domains = ["there.test"]
policies = ["mailbox"]
{more}

[mailboxes]
carol = "Carol"
"""
ZONE = """\
$ORIGIN here.test.
@ MX 1 mx.here.test.
mx A 192.0.2.1
$ORIGIN there.test.
@ MX 1 mx.there.test.
mx A 192.0.2.2
"""


def typed(world: World, *lines: str) -> Simulation:
    turn: Turn = open_simulation(world)
    for line in ("EHLO x.here.test", *lines, "DATA", "Subject: x", "", "x", "."):
        turn = turn.after.say(line)
    assert turn.reply is not None
    assert turn.reply.code == 250
    return turn.after


def reports(world: World, address: str) -> list[Message]:
    """The fields on each recipient, of all reports in a mailbox, the oldest first."""
    found: list[Message] = []
    for mail in reversed(list(world.mailboxes[address].mails)):
        message = message_from_bytes(mail.octets, policy=policy.default)
        assert isinstance(message, EmailMessage)
        if message.get_content_type() == "multipart/report":
            status = list(message.iter_parts())[1]
            found += [group for group in status.iter_parts() if group["Action"]]
    return found


def told(world: World, address: str) -> list[tuple[str, str]]:
    return [(group["Action"], group["Final-Recipient"].removeprefix("rfc822; ")) for group in reports(world, address)]


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("both", [("expanded", "both@here.test")]),
        ("one", [("delivered", "ann@here.test")]),
        ("team", [("delivered", "team@here.test")]),
        ("ben", [("delivered", "ben@here.test")]),
    ],
)
def test_success_is_told_once_and_names_nobody_hidden(build: Build, to: str, expected: list[tuple[str, str]]) -> None:
    world = build({"mx.here.test": HERE.format(more="") + GROUPS, "mx.there.test": THERE.format(more="")}, ZONE)
    after = typed(world, "MAIL FROM:<carol@there.test>", f"RCPT TO:<{to}@here.test> NOTIFY=SUCCESS,FAILURE")
    assert told(after.world, "carol@there.test") == expected


@pytest.mark.parametrize(("notify", "expected"), [("SUCCESS,FAILURE", ["failed"]), ("SUCCESS", [])])
def test_failures_behind_an_alias_are_told_to_who_wants_them(build: Build, notify: str, expected: list[str]) -> None:
    """Who wanted to hear of success alone hears of nothing more: NOTIFY=NEVER, not no NOTIFY."""
    aliases = '\n[aliases]\nboth = ["ann@here.test", "nobody@there.test"]\n'
    world = build({"mx.here.test": HERE.format(more="") + aliases, "mx.there.test": THERE.format(more="")}, ZONE)
    after = typed(world, "MAIL FROM:<carol@there.test>", f"RCPT TO:<both@here.test> NOTIFY={notify}")
    assert sorted(action for action, _ in told(after.world, "carol@there.test")) == ["expanded", *expected]


def test_relayed_tells_who_took_it_and_how(build: Build) -> None:
    """RFC 3461 6.3: Remote-MTA, and the reply that made that host responsible."""
    world = build({"mx.here.test": HERE.format(more=""), "mx.there.test": THERE.format(more="")}, ZONE)
    after = typed(world, "MAIL FROM:<ann@here.test>", "RCPT TO:<carol@there.test> NOTIFY=SUCCESS")
    (group,) = reports(after.world, "ann@here.test")
    said = after.world.hops[1].said[-2].server.rstrip()
    assert group["Action"] == "relayed"
    assert group["Remote-MTA"] == "dns; mx.there.test"
    assert group["Diagnostic-Code"] == f"smtp; {said}"
    assert said.startswith("250 ")


def test_nothing_is_relayed_where_the_next_host_reports_itself(build: Build) -> None:
    there = THERE.format(more='extensions = ["dsn"]')
    world = build({"mx.here.test": HERE.format(more=""), "mx.there.test": there}, ZONE)
    after = typed(world, "MAIL FROM:<ann@here.test>", "RCPT TO:<carol@there.test> NOTIFY=SUCCESS")
    assert told(after.world, "ann@here.test") == [("delivered", "carol@there.test")]


POSTMASTER = '\npostmaster = "Postmaster"\n'


@pytest.mark.parametrize(("setting", "copies"), [("discard", 0), ("postmaster", 1)])
def test_a_bounce_that_fails_may_go_to_the_postmaster(build: Build, setting: str, copies: int) -> None:
    """RFC 5321 6.1 forbids to bounce it; to tell one's own postmaster is a custom (Postfix: notify_classes=2bounce)."""
    here = HERE.format(more=f'double-bounces = "{setting}"') + POSTMASTER
    world = build({"mx.here.test": here, "mx.there.test": THERE.format(more="")}, ZONE)
    after = typed(world, "MAIL FROM:<nobody@there.test>", "RCPT TO:<ghost@there.test>")
    assert told(after.world, "postmaster@here.test") == [("failed", "nobody@there.test")] * copies
    statuses = [after.world.outcomes[number].status for number in (1, 2)]
    assert statuses == ["bounced", "bounced" if copies else "discarded"]


def test_what_fails_on_the_way_to_the_postmaster_ends_there(build: Build) -> None:
    here = HERE.format(more='double-bounces = "postmaster"') + POSTMASTER + "\n[quotas]\npostmaster = 1\n"
    world = build({"mx.here.test": here, "mx.there.test": THERE.format(more="")}, ZONE)
    after = typed(world, "MAIL FROM:<nobody@there.test>", "RCPT TO:<ghost@there.test>")
    later = wait(after.world, 6 * DAY, run_queue)
    last = later.outcomes[len(later.outcomes)]
    assert (last.status, last.recipient) == ("discarded", "postmaster")
    assert not later.queue
