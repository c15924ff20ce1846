""":goto N: to the step of that number; the greeting is 0."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.command import number
from smtpsim.views.row import Mark


def _run(state: State, argument: str) -> None:
    last = state.timeline.position + state.timeline.ahead
    wanted = number(argument)
    if not argument:
        state.tell("command.goto-missing", Mark.BAD)
    elif wanted is None or not state.goto(wanted):
        state.tell("command.goto-unknown", Mark.BAD, found=argument, last=last)


ORDER = Order("goto", _run)
