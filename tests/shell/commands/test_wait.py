""":wait: simulated time passes."""

from __future__ import annotations

import pytest

from smtpsim.kernel.duration import seconds
from smtpsim.protocol.dialogue import Closed
from smtpsim.protocol.smtp.facts import TransactionDropped
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.commands.wait import LONGEST
from tests.shell.commands.orders import run

IDLING = ("a LOGIN test@hogefuga.com example", "b SELECT INBOX", "c IDLE")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30s", 30),
        ("90m", 5400),
        ("4h", 14_400),
        ("1d12h", 129_600),
        ("1d 12h", 129_600),
        ("4H", 14_400),
        ("366d", LONGEST),
        ("367d", None),
        ("4", None),
        ("h", None),
        ("4w", None),
        ("-4h", None),
        ("4h!", None),
        ("٤h", None),
        ("9999999999h", None),
    ],
)
def test_durations(text: str, expected: int | None) -> None:
    assert seconds(text, LONGEST) == expected


def waited(simulation: Simulation, *times: str) -> Turn:
    """The turn of the last of these waits, each with nothing said before it."""
    turns = []
    for time in times:
        turn = run(simulation, f":wait {time}")
        assert isinstance(turn, Turn)
        simulation = turn.after
        turns.append(turn)
    return turns[-1]


def said(simulation: Simulation, *lines: str) -> Simulation:
    for line in lines:
        simulation = simulation.say(line).after
    return simulation


def test_the_clock_moves_and_the_connection_stays(simulation: Simulation) -> None:
    before = said(simulation, "HELO cgi.example.com")
    turn = waited(before, "4m")
    assert turn.after.world.now == simulation.world.now + 240
    assert turn.after.connection == before.connection
    assert (turn.reply, turn.after.turns) == (None, 3)


@pytest.mark.parametrize("times", [("5m",), ("4h",), ("4m", "1m"), ("2m", "2m", "2m")])
def test_a_server_that_hears_nothing_hangs_up(simulation: Simulation, times: tuple[str, ...]) -> None:
    turn = waited(said(simulation, "EHLO a.example", "MAIL FROM:<a@example.com>"), *times)
    assert turn.reply is not None
    assert (turn.reply.code, turn.reply.lines) == (421, ("4.4.2 smtp.example.com Error: timeout exceeded",))
    assert turn.facts == (TransactionDropped(), Closed("server"))
    assert turn.after.over
    late = turn.after.say("MAIL FROM:<a@example.com>").reply
    assert late is not None
    assert late.lines == ("4.4.2 smtp.example.com The connection is closed",)


def test_whatever_is_said_keeps_the_line(simulation: Simulation) -> None:
    for _ in range(3):
        simulation = said(waited(simulation, "4m").after, "NOOP")
    assert not simulation.over


def test_a_letter_is_waited_for_no_longer(simulation: Simulation) -> None:
    lines = "EHLO a.example", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA", "Subject: slow"
    assert not waited(said(simulation, *lines), "4m").after.over
    assert waited(said(simulation, *lines), "5m").after.over


def test_who_has_hung_up_is_not_hung_up_on(simulation: Simulation) -> None:
    turn = waited(said(simulation, "QUIT"), "4h")
    assert (turn.reply, turn.facts) == (None, ())


@pytest.mark.parametrize(
    ("port", "lines", "holds", "ends", "reply"),
    [
        ("pop.hogefuga.com:110", (), "9m", "10m", None),
        ("pop.hogefuga.com:110", ("USER test@hogefuga.com", "PASS example"), "9m", "10m", None),
        ("imap.hogefuga.com:143", (), "29m", "30m", "* BYE Autologout; idle for too long"),
        ("imap.hogefuga.com:143", IDLING, "29m", "30m", "* BYE Autologout; idle for too long"),
    ],
)
def test_mail_access_has_timers_of_its_own(
    simulation: Simulation, port: str, lines: tuple[str, ...], holds: str, ends: str, reply: str | None
) -> None:
    """RFC 1939 3: without a response, and nothing is deleted; RFC 3501 5.4; RFC 2177 3: IDLE does not help."""
    connected = run(simulation, f":connect {port}")
    assert isinstance(connected, Turn)
    inside = said(connected.after, *lines)
    assert not waited(inside, holds).after.over
    turn = waited(inside, ends)
    assert turn.after.over
    assert turn.facts == (Closed("server"),)
    assert (turn.reply.lines[0] if turn.reply else None) == reply
    assert turn.after.world.mailboxes == inside.world.mailboxes


def test_what_was_due_is_tried(simulation: Simulation) -> None:
    broken = run(simulation, ":dns fail hogefuga.com timeout")
    assert isinstance(broken, Turn)
    simulation = broken.after
    for line in ("HELO cgi.example.com", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA", "hi", "."):
        simulation = simulation.say(line).after
    mended = run(simulation, ":dns fail hogefuga.com no")
    assert isinstance(mended, Turn)
    turn = run(mended.after, ":wait 1h")
    assert isinstance(turn, Turn)
    assert [fate.status for fate in turn.fates] == ["delivered"]


def test_refused(simulation: Simulation) -> None:
    assert run(simulation, ":wait") == Wrong("wait-missing")
    assert run(simulation, ":wait long") == Wrong("wait-syntax", {"found": "long"})
