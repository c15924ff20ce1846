"""Accepted, and yet not delivered as usual: dropped without a word, or put among the junk; and what is remembered."""

from __future__ import annotations

import pytest

from smtpsim.kernel.ref import Ref
from smtpsim.protocol.smtp.question import AskMessage, AskRecipient, Disposition, Verdict
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.memory import Noted
from smtpsim.world.model import Case, Policy, UsedPolicy, World

WORLD = shipped_world()
HOST = "mx.hogefuga.com"
COUNT = ("counter", "asked")
FULL = ReplyRule("counter-full", 451, "4.7.1", "Asked too often", Ref(5321, "4.2.3"))


def with_policy(policy: Policy) -> World:
    """The shipped world, where the session starts at a host with this policy before its own."""
    host = WORLD.hosts[HOST]
    host = host._replace(policies=(UsedPolicy(policy, {}), *host.policies))
    return WORLD.with_host(host)._replace(start=WORLD.start._replace(host=HOST))


def handling(*found: Disposition) -> World:
    return with_policy(Policy("sorter", {"message": lambda case, question: Verdict(handling=found)}))


def sent(world: World, *recipients: str) -> Simulation:
    turn = open_simulation(world)
    rcpts = [f"RCPT TO:<{recipient}>" for recipient in recipients]
    for line in ("EHLO cgi.example.com", "MAIL FROM:<cgi@example.com>", *rcpts, "DATA", "Subject: x", "", "."):
        turn = turn.after.say(line)
    assert turn.reply is not None
    assert turn.reply.code == 250
    return turn.after


def fates(simulation: Simulation) -> dict[str, tuple[str, str]]:
    return {one.recipient: (one.status, one.mailbox) for one in simulation.world.outcomes.values()}


@pytest.mark.parametrize(
    ("found", "alice", "bob"),
    [
        ((), ("delivered", "alice@hogefuga.com"), ("delivered", "bob@hogefuga.com")),
        ((Disposition("", "drop", "x"),), ("dropped", ""), ("dropped", "")),
        ((Disposition("bob@hogefuga.com", "drop", "x"),), ("delivered", "alice@hogefuga.com"), ("dropped", "")),
        (
            (Disposition("", "junk", "x"),),
            ("delivered", "alice@hogefuga.com/Junk"),
            ("delivered", "bob@hogefuga.com/Junk"),
        ),
        (
            (Disposition("", "junk", "x"), Disposition("alice@hogefuga.com", "drop", "y")),
            ("dropped", ""),
            ("delivered", "bob@hogefuga.com/Junk"),
        ),
    ],
)
def test_what_is_said_of_a_recipient_is_done(
    found: tuple[Disposition, ...], alice: tuple[str, str], bob: tuple[str, str]
) -> None:
    simulation = sent(handling(*found), "alice@hogefuga.com", "bob@hogefuga.com")
    assert fates(simulation) == {"alice@hogefuga.com": alice, "bob@hogefuga.com": bob}


def test_a_dropped_letter_lies_in_no_mailbox_and_its_sender_hears_nothing() -> None:
    simulation = sent(handling(Disposition("", "drop", "x")), "bob@hogefuga.com")
    assert all(not mailbox.length for mailbox in simulation.world.mailboxes.values())
    (outcome,) = simulation.world.outcomes.values()
    assert (outcome.host, outcome.reason, outcome.way) == (HOST, "x", (HOST,))


def test_a_relayed_letter_can_be_dropped_by_the_next_host() -> None:
    world = handling(Disposition("", "drop", "x"))
    simulation = sent(world._replace(start=WORLD.start), "bob@hogefuga.com")
    (outcome,) = simulation.world.outcomes.values()
    assert (outcome.status, outcome.hop, outcome.way) == ("dropped", 1, ("smtp.example.com", HOST))


def test_what_a_policy_notes_is_there_at_the_next_question_also_when_it_refused() -> None:
    def count(case: Case, question: AskRecipient) -> Verdict:
        before = case.world.memory.get(COUNT)
        number = before + 1 if isinstance(before, int) else 1
        return Verdict(FULL if number > 2 else None, notes=(Noted(COUNT, number),))

    turn = open_simulation(with_policy(Policy("counter", {"rcpt": count}, (FULL,))))
    codes = []
    for line in ("EHLO a.example", "MAIL FROM:<>", *["RCPT TO:<bob@hogefuga.com>"] * 4):
        turn = turn.after.say(line)
        assert turn.reply is not None
        codes.append(turn.reply.code)
    assert codes[2:] == [250, 250, 451, 451]
    assert turn.after.world.memory[COUNT] == 4


def test_a_note_of_nothing_forgets() -> None:
    def forget(case: Case, question: AskMessage) -> Verdict:
        return Verdict(notes=(Noted(COUNT, None),))

    world = with_policy(Policy("forgetter", {"message": forget}))
    simulation = sent(world._replace(memory=world.memory.insert(COUNT, 7)), "bob@hogefuga.com")
    assert COUNT not in simulation.world.memory
