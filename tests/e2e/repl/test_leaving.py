"""Leaving, saving, and what is left of a session that ended or was killed."""

from __future__ import annotations

import signal
import termios
from pathlib import Path

import pytest

from tests.e2e.repl.conftest import MISSION, Start
from tests.e2e.repl.terminal import Terminal


def test_ctrl_c_clears_the_line_and_then_tells_the_way_out(start: Start) -> None:
    terminal = start()
    terminal.type("NOOP and more")
    terminal.wait("NOOP and more")
    terminal.press("ctrl-c")
    terminal.wait(lambda text: "NOOP and more" not in text)
    terminal.press("ctrl-c")
    terminal.wait("type :quit or press Ctrl-D")


def test_ctrl_d_leaves_at_once_when_nothing_is_lost(start: Start) -> None:
    terminal = start()
    terminal.press("ctrl-d")
    assert terminal.ended() == 0


@pytest.mark.parametrize("way", ["ctrl-d", ":quit"])
def test_leaving_asks_before_turns_are_lost(start: Start, way: str) -> None:
    terminal = start()
    terminal.enter(*MISSION[:1])
    terminal.step(1)
    _leave(terminal, way)
    terminal.wait("not saved. Leave all the same? [y/n]")
    terminal.type("n")
    terminal.wait(lambda text: "[y/n]" not in text)
    _leave(terminal, way)
    terminal.wait("[y/n]")
    terminal.type("y")
    assert terminal.ended() == 0


def _leave(terminal: Terminal, way: str) -> None:
    if way.startswith(":"):
        terminal.enter(way)
    else:
        terminal.press(way)


def test_saved_sessions_leave_at_once_and_open_again(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "mail.txt"
    terminal = start()
    terminal.enter(*MISSION)
    terminal.step(12)
    terminal.enter(f":save {file}")
    terminal.wait("Saved to")
    terminal.press("ctrl-d")
    assert terminal.ended() == 0
    assert "> Subject: テストメール\n" in file.read_text()
    again = start()
    again.enter(f":open {file}")
    again.wait("holds 1, the newest")


def test_an_existing_file_is_replaced_only_when_asked(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    file.write_text("precious")
    terminal = start()
    terminal.enter(f":save {file}")
    terminal.wait("Replace it? [y/n]")
    terminal.press("enter")
    terminal.wait(lambda text: "[y/n]" not in text)
    assert file.read_text() == "precious"


def test_history_is_kept_between_starts(start: Start) -> None:
    first = start()
    first.enter("NOOP", "HELO remembered.example")
    first.step(2)
    first.press("ctrl-d")
    first.type("y")
    first.ended()
    second = start()
    second.press("up")
    second.wait("> HELO remembered.example")
    second.press("up")
    second.wait("> NOOP")


def test_a_killed_session_loses_no_line(start: Start) -> None:
    first = start()
    first.enter(*MISSION[:6])
    first.step(6)
    first.child.kill(signal.SIGKILL)
    assert first.ended() == -signal.SIGKILL
    second = start()
    second.wait(":recover brings it back")
    second.press("up")
    second.wait("> To: test@hogefuga.com")
    second.press("ctrl-c")
    second.enter(":recover")
    second.wait("6 │ To: test@hogefuga.com")
    second.step(6)


def test_secrets_are_not_kept_in_the_history(start: Start, tmp_path: Path) -> None:
    terminal = start()
    terminal.enter("EHLO cgi.example.com", "AUTH PLAIN AGFubgBzZWNyZXQ=", "AUTH LOGIN", "c2VjcmV0", "c2VjcmV0")
    terminal.step(5)
    kept = (tmp_path / "smtpsim" / "history").read_text()
    assert kept == "EHLO cgi.example.com\nAUTH PLAIN\nAUTH LOGIN\n"


BROKEN = """
import sys
from smtpsim.app.tui import actions
right = iter([actions.send])
def send(state, lines):
    for once in right:
        return once(state, lines)
    raise ArithmeticError("a mistake of ours")
actions.send = send
from smtpsim.app.main import main
sys.exit(main())
"""
"""The program with a mistake in it: the second line that is typed raises."""


class BrokenProgram(Terminal):
    program = ("-c", BROKEN)


def modes(terminal: Terminal) -> tuple[bool, bool]:
    """Whether the terminal shows what is typed, and takes it line by line."""
    local = termios.tcgetattr(terminal.child.child_fd)[3]
    return bool(local & termios.ECHO), bool(local & termios.ICANON)


def is_as_before(terminal: Terminal) -> bool:
    """The alternate screen is left, the cursor is there, and the mouse reports no more."""
    last = {mode: terminal.raw.rfind(mode) for mode in (b"\x1b[?1049", b"\x1b[?1000", b"\x1b[?2004", b"\x1b[?25")}
    ends = {mode: terminal.raw[at + len(mode) :][:1] for mode, at in last.items()}
    return ends == {b"\x1b[?1049": b"l", b"\x1b[?1000": b"l", b"\x1b[?2004": b"l", b"\x1b[?25": b"h"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was_and_the_session_on_the_disk(start: Start, number: int) -> None:
    first = start()
    first.enter("HELO kept.example")
    first.step(1)
    assert modes(first) == (False, False)
    first.child.kill(number)
    assert first.ended() == 128 + number
    assert is_as_before(first)
    second = start()
    second.enter(":recover")
    second.wait("HELO kept.example")


def test_a_mistake_of_ours_leaves_them_so_too(tmp_path: Path) -> None:
    first = BrokenProgram(tmp_path)
    first.enter("HELO kept.example")
    first.step(1)
    first.enter("NOOP")
    assert first.ended() == 1
    assert is_as_before(first)
    assert b"ArithmeticError: a mistake of ours" in first.raw
    second = Terminal(tmp_path)
    second.enter(":recover")
    second.wait("HELO kept.example")
