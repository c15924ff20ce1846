"""Windows of every size, scrolling, and pages."""

from __future__ import annotations

import pytest

from tests.e2e.repl.conftest import MISSION, Start


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (100, 30), (60, 18), (40, 10)])
def test_smaller_windows(start: Start, columns: int, rows: int) -> None:
    terminal = start(columns=columns, rows=rows)
    terminal.enter(*MISSION[:3])
    terminal.step(3)
    terminal.wait("250 okay")


def test_a_window_that_is_too_small_says_so(start: Start) -> None:
    terminal = start(columns=30, rows=6)
    terminal.wait("too small")


def test_resizing(start: Start) -> None:
    terminal = start()
    terminal.enter(*MISSION)
    terminal.step(12)
    for columns, rows, sign in ((80, 24, "delivered 1"), (30, 5, "too small"), (40, 10, "221"), (140, 45, "Envelope")):
        terminal.resize(columns, rows)
        terminal.wait(sign)
    terminal.enter(":undo")
    terminal.wait("step 11 of 12")


def test_help_opens_and_closes(start: Start) -> None:
    terminal = start(columns=80, rows=24)
    terminal.press("f1")
    terminal.wait("The server speaks first with 220")
    terminal.press("f1")
    terminal.wait("You stand at the counter of a post office.")
    terminal.press("f1")
    terminal.wait("── Keys")
    terminal.press(*["pagedown"] * 10)
    terminal.wait("the last line changed this")
    terminal.press("esc")
    terminal.wait("220 Connected")


def test_scrolling_back_in_both_halves(start: Start) -> None:
    terminal = start(rows=20)
    terminal.enter(*MISSION)
    terminal.step(12)
    terminal.press("pageup", "pageup", "pageup")
    terminal.wait("220 Connected")
    terminal.press("pagedown", "pagedown", "pagedown")
    terminal.wait("221 bye.")
    for _ in range(8):
        terminal.wheel(False, 10, 5)
    terminal.wait("220 Connected")
    terminal.press("f6", "pageup", "pageup")
    terminal.wait("192.0.2.10 (cgi.example.com)")
    for _ in range(8):
        terminal.wheel(True, 100, 5)
    terminal.wait("holds 1, the newest")
