"""For any dialogue: every accepted recipient comes to exactly one end, nothing is lost and nothing doubled."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.kernel.duration import DAY, HOUR
from smtpsim.protocol.smtp.facts import LetterRefused, LetterTaken, RecipientRefused
from smtpsim.session.simulation import Turn, open_simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.model import DeliveryStatus, Outcome, World
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue

WORLD = shipped_world()

DOWN = WORLD._replace(hosts=WORLD.hosts.without("mx.amazon.co.jp"))
"""The same world while one of its hosts is down."""

ENDS = {"rejected", "delivered", "dropped", "bounced", "discarded"}
"""What is left once every queue has run dry."""

LOCAL = [address for address in sorted(WORLD.mailboxes) if address.endswith("@example.com")]
REMOTE = [address for address in sorted(WORLD.mailboxes) if not address.endswith("@example.com")]
NOWHERE = [
    "nobody@example.com",
    "nobody@hogefuga.com",
    "x@nosuch.example",
    "x@attacker.example",
    "x@unreachable.spf.example",
    "x@[192.0.2.99]",
    "alice@[198.51.100.25]",
    "webmaster@[192.0.2.25]",
    "postmaster",
    "だれか@hogefuga.com",
]

recipients = st.sampled_from([*LOCAL, *REMOTE, *NOWHERE, *(address.upper() for address in LOCAL[:1])])
senders = st.sampled_from(["", "", *LOCAL, *REMOTE[:4], "nobody@example.com", "x@nosuch.example", "送信者@example.com"])
lines = st.sampled_from(["Subject: x", "", ".", "..", "Return-Path: <x@y>", "本文", "MAIL FROM:<a@b.example>", "QUIT"])


@st.composite
def transactions(draw: st.DrawFn) -> list[str]:
    """One mail as it is typed, perhaps given up, perhaps without anybody to take it."""
    utf8 = draw(st.sampled_from(["", "", " SMTPUTF8"]))
    named = [f"RCPT TO:<{draw(recipients)}>" for _ in range(draw(st.integers(0, 5)))]
    letter = [line for line in draw(st.lists(lines, max_size=6)) if line != "."]
    end = draw(st.sampled_from([["DATA", *letter, "."], ["DATA", *letter, "."], ["RSET"], ["EHLO again"]]))
    return [f"MAIL FROM:<{draw(senders)}>{utf8}", *named, *end]


dialogues = st.lists(transactions(), min_size=1, max_size=4).map(
    lambda parts: ["EHLO cgi.example.com", *(line for part in parts for line in part)]
)


def typed(world: World, said: list[str]) -> list[Turn]:
    turns = [open_simulation(world)]
    for line in said:
        turns.append(turns[-1].after.say(line))
    return turns


def run_dry(world: World) -> World:
    """The world after all its queues have been worked off, whatever that brings about."""
    return wait(wait(world, 7 * HOUR, run_queue), 12 * DAY, run_queue)


@settings(max_examples=150)
@given(dialogues, st.sampled_from([WORLD, DOWN]))
def test_nothing_is_lost_and_nothing_doubled(said: list[str], world: World) -> None:
    turns = typed(world, said)
    facts = [fact for turn in turns for fact in turn.facts]
    accepted = Counter(
        (fact.queue_id, str(recipient.path))
        for fact in facts
        if isinstance(fact, LetterTaken)
        for recipient in fact.envelope.recipients
    )
    refused = Counter(str(fact.recipient) for fact in facts if isinstance(fact, RecipientRefused))
    for fact in facts:
        if isinstance(fact, LetterRefused):
            refused.update(str(recipient.path) for recipient in fact.envelope.recipients)

    for after in (turns[-1].after.world, run_dry(turns[-1].after.world)):
        outcomes = list(after.outcomes.values())
        first_hand = [outcome for outcome in outcomes if not outcome.follows]
        assert Counter((o.letter, o.recipient) for o in first_hand if o.letter) == accepted
        assert Counter(o.recipient for o in first_hand if not o.letter) == refused
        assert {o.status for o in outcomes} <= set(DeliveryStatus)
        assert {o.status for o in first_hand if not o.letter} <= {"rejected"}
        stored = {address: mailbox.length for address, mailbox in after.mailboxes.items() if mailbox.length}
        assert stored == Counter(o.mailbox for o in outcomes if o.mailbox in after.mailboxes)
        assert not after.active_queue

    dry = run_dry(turns[-1].after.world)
    assert not dry.queue
    assert {outcome.status for outcome in dry.outcomes.values()} <= ENDS


@settings(max_examples=60)
@given(dialogues)
def test_a_turn_s_fates_are_the_outcomes_that_it_changed(said: list[str]) -> None:
    known: dict[int, Outcome] = {}
    for turn in typed(DOWN, said):
        now = dict(turn.after.world.outcomes)
        assert list(turn.fates) == [now[number] for number in sorted(now) if now[number] != known.get(number)]
        assert not turn.after.world.touched
        known = now


@settings(max_examples=60)
@given(dialogues, st.integers(0, 3))
def test_the_same_seed_gives_the_same_bytes(said: list[str], seed: int) -> None:
    ends = [run_dry(typed(DOWN._replace(seed=seed), said)[-1].after.world) for _ in range(2)]
    mails = [
        {address: [mail.octets for mail in mailbox.mails] for address, mailbox in sorted(end.mailboxes.items())}
        for end in ends
    ]
    assert mails[0] == mails[1]
    assert dict(ends[0].hops) == dict(ends[1].hops)
    assert dict(ends[0].outcomes) == dict(ends[1].outcomes)
