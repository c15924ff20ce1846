"""Somebody who wrote DATA and cannot get out of the letter: every try is answered by what does get out."""

from __future__ import annotations

import pytest

from smtpsim.explain import words
from tests.e2e.repl.conftest import MISSION, Start
from tests.e2e.repl.terminal import Terminal

SIZES = [(80, 24), (60, 20)]


def in_letter(start: Start, *arguments: str, columns: int = 80, rows: int = 24) -> Terminal:
    """A letter whose header is written."""
    terminal = start(*arguments, columns=columns, rows=rows)
    terminal.enter(*MISSION[:8])
    terminal.step(8)
    return terminal


def squeezed(text: str) -> str:
    """Without spaces and line ends: a sentence is folded to the width of the window."""
    return "".join(text.split())


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(("columns", "rows"), SIZES)
@pytest.mark.parametrize("line", [":help", ":undo", ":quit"])
def test_a_command_in_the_letter_is_text_and_the_way_out_is_told(
    start: Start, line: str, columns: int, rows: int, lang: str
) -> None:
    terminal = in_letter(start, "--lang", lang, columns=columns, rows=rows)
    told = squeezed(words(lang)("advice.order-in-letter", meant=line[1:]))
    for step in (9, 10):
        terminal.enter(line)
        terminal.step(step)
        terminal.wait(lambda text: told in squeezed(text))
    terminal.press("ctrl-]")
    terminal.enter("undo 2")
    terminal.step(8)


def test_what_is_told_gets_one_out(start: Start) -> None:
    terminal = in_letter(start)
    terminal.enter(":quit")
    terminal.wait("Press Ctrl-] first, then type quit")
    terminal.press("ctrl-]")
    terminal.enter("quit")
    terminal.wait("Leave all the same? [y/n]")
    terminal.type("y")
    assert terminal.ended() == 0


def test_a_full_width_dot_is_told_from_the_dot(start: Start) -> None:
    terminal = in_letter(start, "--lang", "ja")
    terminal.enter("．")
    terminal.wait("全角の「．」はメールの本文になりました")
    terminal.enter(".")
    terminal.wait(":inbox test@hogefuga.com 1")


def test_ctrl_c_tells_the_way_out_of_the_letter_also_when_something_was_typed(start: Start) -> None:
    terminal = in_letter(start)
    terminal.type("how do I")
    terminal.wait("how do I")
    terminal.press("ctrl-c")
    terminal.wait(lambda text: "how do I" not in text and "a line with only . ends it. Ctrl-] and then undo" in text)
    terminal.enter(".")
    terminal.wait("250 okay")
    terminal.press("ctrl-c")
    terminal.wait("type :quit or press Ctrl-D")
