"""Two recordings side by side in a real terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.repl.terminal import Terminal


@pytest.fixture(params=[(120, 36), (100, 30), (80, 24)])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    columns, rows = request.param
    begun = Terminal(
        tmp_path, "replay", "spf-pass", "spf-fail", "--compare", "--step", columns=columns, rows=rows, LANG="C.UTF-8"
    )
    yield begun
    begun.child.close(force=True)


def test_both_are_stepped_together_and_their_parting_is_marked(terminal: Terminal) -> None:
    screen = terminal.wait("step 0 of 11")
    assert "A  SPF: pass" in screen
    assert "B  SPF: fail, refused" in screen
    terminal.type("  ")
    screen = terminal.wait("here they part")
    assert "step 2 of 11" in screen
    assert "✗ 550 5.7.23" in screen
    assert "✗ 550 The sender's domain" in screen
    assert "✗ SPF B" in screen
    terminal.press("left")
    terminal.wait("step 1 of 11")
    assert "here they part" not in terminal.text
    terminal.type("n")
    terminal.wait("step 2 of 11")
    terminal.type("11")
    screen = terminal.wait("Go to step 11")
    assert "step 11 of 11" in screen
    terminal.type("q")
    assert terminal.ended() == 0


def test_a_window_that_is_too_small_says_so(terminal: Terminal) -> None:
    terminal.wait("step 0 of 11")
    terminal.resize(30, 10)
    terminal.wait("too small")
    terminal.resize(80, 24)
    terminal.wait("step 0 of 11")
    terminal.press("ctrl-c")
    assert terminal.ended() == 0
