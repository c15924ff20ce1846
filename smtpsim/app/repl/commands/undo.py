""":undo [N]: back one step, or N."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.app.repl.steps import steps


def _run(state: State, argument: str) -> None:
    count = steps(state, argument)
    if count and not state.timeline.position:
        state.tell("command.undo-none")
    elif count:
        state.goto(max(state.timeline.position - count, 0))


ORDER = Order("undo", _run)
