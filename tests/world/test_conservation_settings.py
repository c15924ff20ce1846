"""Nothing is lost or doubled, and whom a failure concerns is told of it, whatever the hosts are set to: TLS and the
policies on it (MTA-STS), SRS, ARC, what becomes of bounces that fail and of bodies beyond ASCII; over aliases and
lists, and while faults are ordered."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.kernel.duration import DAY, HOUR, MINUTE
from smtpsim.protocol.smtp.facts import LetterTaken
from smtpsim.session.change import waited
from smtpsim.session.simulation import open_simulation
from smtpsim.world.fault_action import Action, OrderedFault, refusal
from smtpsim.world.load import shipped_world
from smtpsim.world.mailing_list import FROM_SETTINGS
from smtpsim.world.model import DeliveryStatus, Outcome, UsedPolicy, World
from smtpsim.world.policies import load
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue

WORLD = shipped_world()
DOMAINS = ("hogefuga.com", "example.net", "bookshop.example", "bigmail.example")
for _domain in DOMAINS:
    WORLD = WORLD._replace(
        zones=WORLD.zones.with_record(f"_mta-sts.{_domain}", "TXT", b"v=STSv1; id=1;")
        .with_record(f"mta-sts.{_domain}", "A", "192.0.2.9")
        .with_record(f"_smtp._tls.{_domain}", "TXT", b"v=TLSRPTv1; rua=mailto:tls@example.com")
    )
POLICIES = (
    "version: STSv1\nmode: enforce\nmx: mx.{domain}\nmax_age: 86400\n",
    "version: STSv1\nmode: enforce\nmx: mx.nosuch.example\nmax_age: 86400\n",
    "version: STSv1\nmode: testing\nmx: mx.nosuch.example\nmax_age: 86400\n",
    "no policy",
)
"""One that fits the domain's host, and others."""

RELAYS = (
    "mx.hogefuga.com",
    "mx.example.net",
    "mx.example.org",
    "mx.bookshop.example",
    "mx.bigmail.example",
    "mx.circle.example",
)

BY_ALIAS = ("moved@example.net", "info@example.net", "yuki@example.net", "orders@bookshop.example")
BY_LIST = ("team@example.net", "club@example.net", "news@example.net", "songs@circle.example")
GONE = ("returns@bookshop.example", "nobody@hogefuga.com", "x@nosuch.example")
BOXES = ("alice@hogefuga.com", "carol@example.net", "yuki@bigmail.example", "webmaster@example.com")

ENDS = {
    DeliveryStatus.REJECTED,
    DeliveryStatus.DELIVERED,
    DeliveryStatus.DROPPED,
    DeliveryStatus.BOUNCED,
    DeliveryStatus.DISCARDED,
}

REFUSED = refusal("451")
assert REFUSED is not None
TOO_LATE = Action(delay=20 * MINUTE)
"""An answer that comes when the client has given up. After the final dot it is left out where things are drawn: the
server has the mail then, and the client sends it again, so that it is doubled in the real world, too (RFC 1047)."""

ACTIONS = (REFUSED, Action(breaks=True), TOO_LATE, Action(delay=4))
FAULTS = [
    (stage, action)
    for stage in ("connect", "helo", "mail", "rcpt", "data", "message", "quit")
    for action in ACTIONS
    if (stage, action) != ("message", TOO_LATE)
]


BATV = load("batv")


def with_batv(world: World, name: str) -> tuple[UsedPolicy, ...]:
    """The policies of a host that tags the senders of its own people, before those that it has."""
    return (UsedPolicy(BATV, BATV.settings), *world.hosts[name].policies)


LEAVE = "https://circle.example/leave"


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """The shipped world with its settings drawn, and faults ordered at its relays."""
    world = WORLD._replace(seed=draw(st.integers(0, 3)))
    for name in ("smtp.example.com", *RELAYS):
        changed = world.hosts[name]._replace(
            tls=draw(st.sampled_from(["none", "may", "encrypt"])),
            srs=draw(st.sampled_from(["", "a secret"])),
            policies=with_batv(world, name) if draw(st.booleans()) else world.hosts[name].policies,
            double_bounces=draw(st.sampled_from(["discard", "postmaster"])),
            eight_bit=draw(st.sampled_from(["convert", "bounce", "send"])),
            mta_sts=draw(st.booleans()),
            list_from=dict.fromkeys(world.hosts[name].lists, draw(st.sampled_from(FROM_SETTINGS))),
            list_unsubscribe=dict.fromkeys(world.hosts[name].lists, draw(st.sampled_from(["", LEAVE]))),
            arc=draw(st.sampled_from([None, WORLD.hosts["mx.circle.example"].arc])),
            certificate_state=draw(st.sampled_from(["valid", "valid", "expired"])),
        )
        world = world.with_host(changed)
    faults = [
        OrderedFault(number, draw(st.sampled_from(RELAYS)), *draw(st.sampled_from(FAULTS)), left=2)
        for number in range(1, draw(st.integers(0, 3)) + 1)
    ]
    policies = {domain: draw(st.sampled_from(POLICIES)).format(domain=domain) for domain in DOMAINS}
    return world._replace(faults=tuple(faults), sts_policies=policies)


recipients = st.lists(st.sampled_from([*BY_ALIAS, *BY_LIST, *GONE, *BOXES]), min_size=1, max_size=4, unique=True)
senders = st.sampled_from(
    ["", "webmaster@example.com", "newsletter@example.com", "carol@example.net", "no@hogefuga.com"]
)
PAUSES = st.sampled_from(["never", "never", "never", "DATA", "Subject: x", "."])
"""The line before which the client says nothing until the server hangs up."""

mails = st.lists(st.tuples(senders, recipients, st.sampled_from(["Hello.", "本文"]), PAUSES), min_size=1, max_size=3)


def sent(world: World, letters: list[tuple[str, list[str], str, str]]) -> tuple[World, Counter[tuple[str, str]]]:
    """The world after these mails were typed, and who of their recipients was accepted."""
    simulation = open_simulation(world).after.say("EHLO cgi.example.com").after
    accepted: Counter[tuple[str, str]] = Counter()
    for sender, named, body, pause in letters:
        rcpt = [f"RCPT TO:<{recipient}>" for recipient in named]
        for line in (f"MAIL FROM:<{sender}>", *rcpt, "DATA", "Subject: x", "", body, "."):
            turn = waited(simulation, 6 * MINUTE) if line == pause else simulation.say(line)
            simulation = turn.after
            for fact in turn.facts:
                if isinstance(fact, LetterTaken):
                    accepted.update((fact.queue_id, str(one.path)) for one in fact.envelope.recipients)
            if simulation.over:
                host, client_ip = simulation.connection.host, simulation.connection.client_ip
                simulation = open_simulation(simulation.world, host, client_ip).after.say("EHLO cgi.example.com").after
                break
    return simulation.world, accepted


def run_dry(world: World) -> World:
    return wait(wait(world, 7 * HOUR, run_queue), 18 * DAY, run_queue)


def reports_on(world: World, number: int) -> list[Outcome]:
    """The reports that an outcome, or another recipient of the same letter, has brought about."""
    letter = world.outcomes[number].letter
    together = {n for n, one in world.outcomes.items() if one.letter == letter}
    return [one for one in world.outcomes.values() if one.role == "report" and one.follows in together]


@settings(max_examples=60, deadline=None)
@given(worlds(), mails)
def test_each_recipient_has_one_end_and_each_failure_is_told(
    world: World, letters: list[tuple[str, list[str], str, str]]
) -> None:
    after, accepted = sent(world, letters)
    dry = run_dry(after)
    outcomes = dry.outcomes
    assert not dry.queue
    assert not dry.active_queue
    assert {one.status for one in outcomes.values()} <= ENDS
    first_hand = [one for one in outcomes.values() if not one.follows and one.letter]
    assert Counter((one.letter, one.recipient) for one in first_hand) == accepted
    stored = {address: mailbox.length for address, mailbox in dry.mailboxes.items() if mailbox.length}
    assert stored == Counter(one.mailbox for one in outcomes.values() if one.mailbox in dry.mailboxes)
    for number, one in outcomes.items():
        assert bool(one.bounce_to) is (one.status is DeliveryStatus.BOUNCED), one
        if one.status is DeliveryStatus.BOUNCED:
            assert one.bounce_to in {report.recipient for report in reports_on(dry, number)}, one


@pytest.mark.parametrize("sender", ["newsletter@example.com"])
@pytest.mark.parametrize("srs", ["", "a secret"])
def test_a_failure_behind_a_forwarder_is_told_once(srs: str, sender: str) -> None:
    world = WORLD.with_host(WORLD.hosts["mx.bookshop.example"]._replace(srs=srs))
    dry = run_dry(sent(world, [(sender, ["returns@bookshop.example"], "x", "never")])[0])
    assert dry.mailboxes[sender].length == 1


def test_an_answer_to_the_dot_that_comes_too_late_doubles_the_mail() -> None:
    """RFC 1047; RFC 5321 4.5.3.2.6 makes the client wait ten minutes, and no longer."""
    fault = OrderedFault(1, "mx.hogefuga.com", "message", TOO_LATE, left=2)
    dry = run_dry(sent(WORLD._replace(faults=(fault,)), [("", ["alice@hogefuga.com"], "x", "never")])[0])
    assert dry.mailboxes["alice@hogefuga.com"].length == 3
    assert [one.status for one in dry.outcomes.values() if not one.role] == [DeliveryStatus.DELIVERED]
