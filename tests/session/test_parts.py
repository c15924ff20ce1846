"""The small parts of a session: how mailboxes and settings are named, what a change is, what a recorded server said."""

from __future__ import annotations

from collections import Counter

import pytest

from smtpsim.protocol.smtp.framing import Line, Octets
from smtpsim.protocol.smtp.recorded import Recorded
from smtpsim.session.change import Wrong, changed
from smtpsim.session.hearing import hear
from smtpsim.session.opened import find_mailbox, open_mail
from smtpsim.session.setting import setting_text
from smtpsim.session.simulation import Simulation, TurnKind, open_simulation
from smtpsim.session.timeline import Timeline
from smtpsim.world.load import shipped_world
from smtpsim.world.mailbox import Mailbox
from smtpsim.world.model import Setting

WORLD = shipped_world()


def start(host: str = "mx.hogefuga.com") -> Simulation:
    return open_simulation(WORLD, WORLD.hosts[host]).after


def test_a_local_part_names_a_mailbox_only_where_one_has_it() -> None:
    counted = Counter(box.address.partition("@")[0] for box in WORLD.mailboxes.values() if not box.folder)
    once, several = (next(name for name, count in counted.items() if (count == 1) is only) for only in (True, False))
    found = find_mailbox(WORLD, once)
    assert isinstance(found, Mailbox)
    assert found.address.startswith(f"{once}@")
    wrong = find_mailbox(WORLD, several)
    assert isinstance(wrong, Wrong)
    assert wrong.key == "inbox-unknown"


def test_an_empty_mailbox_has_no_mail_to_open() -> None:
    wrong = open_mail(WORLD, "test@hogefuga.com", "1")
    assert isinstance(wrong, Wrong)
    assert wrong.key == "inbox-empty"


def test_a_change_is_a_step_and_says_nothing() -> None:
    simulation = start()
    turn = changed(simulation, simulation.world, simulation.connection)
    assert (turn.number, turn.after.turns, turn.kind) == (simulation.turns, simulation.turns + 1, TurnKind.SIMULATOR)
    assert (turn.line, turn.reply) == ("", None)


def test_a_branch_has_all_turns_up_to_the_one_that_is_shown() -> None:
    timeline = Timeline(open_simulation(WORLD))
    for line in ("EHLO a.example", "NOOP", "RSET"):
        timeline.add(timeline.now.after.say(line))
    timeline.undo()
    branch = timeline.branch()
    assert branch.turns == timeline.turns
    assert (branch.position, branch.ahead, timeline.ahead) == (2, 0, 1)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "on"),
        (False, "off"),
        (7, "7"),
        ("reject", "reject"),
        ("", "none"),
        ((), "none"),
        (("a", "b"), "a b"),
    ],
)
def test_a_setting_as_it_is_typed(value: Setting, shown: str) -> None:
    assert setting_text(value) == shown


def said(*lines: str, code: int = 250) -> Recorded:
    return Recorded(code, lines)


def test_the_kind_of_a_turn_is_that_of_what_was_sent() -> None:
    turn = hear(start(), Line(b"EHLO a.example"), said("mx.hogefuga.com", "CHUNKING"))
    assert (turn.kind, turn.line) == (TurnKind.COMMAND, "EHLO a.example")
    for line in (b"MAIL FROM:<a@example.com>", b"RCPT TO:<test@hogefuga.com>"):
        turn = hear(turn.after, Line(line), said("ok"))
    turn = hear(turn.after, Line(b"BDAT 3"), said("ok"))
    assert turn.kind == TurnKind.COMMAND
    assert hear(turn.after, Octets(b"abc"), said("ok")).kind == TurnKind.OCTETS


@pytest.mark.parametrize(("line", "code"), [("a NO no", 500), ("a BAD no", 500)])
def test_what_the_recorded_reader_s_server_refuses_changes_nothing(line: str, code: int) -> None:
    before = start("imap.hogefuga.com")
    turn = hear(before, Line(b"a LOGIN test example"), said(line))
    assert turn.reply is not None
    assert (turn.reply.code, turn.reply.lines, turn.facts) == (code, (line,), ())
    assert turn.after.access == before.access
