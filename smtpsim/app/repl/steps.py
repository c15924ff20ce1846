"""Numbers behind `:undo`, `:redo`, `:goto` and their like."""

from __future__ import annotations

from smtpsim.app.repl.state import State
from smtpsim.session.command import number
from smtpsim.views.row import Mark


def steps(state: State, argument: str) -> int:
    """How many steps are meant: 1 when nothing is given; 0, with a word about it, for what is no number."""
    wanted = number(argument) if argument else 1
    if not wanted:
        state.tell("command.number", Mark.BAD, found=argument)
    return wanted or 0
