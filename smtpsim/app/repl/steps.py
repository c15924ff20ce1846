"""Numbers behind `:undo`, `:redo`, `:goto` and their like."""

from __future__ import annotations

from smtpsim.app.repl.state import State
from smtpsim.views.row import Mark

MOST_DIGITS = 9


def number(text: str) -> int | None:
    """The number that a text is, None for any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def steps(state: State, argument: str) -> int:
    """How many steps are meant: 1 when nothing is given; 0, with a word about it, for what is no number."""
    wanted = number(argument) if argument else 1
    if not wanted:
        state.tell("command.number", Mark.BAD, found=argument)
    return wanted or 0
