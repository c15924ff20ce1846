""":redo [N]: forward again one step, or N."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.app.repl.steps import steps


def _run(state: State, argument: str) -> None:
    count = steps(state, argument)
    if count and not state.timeline.ahead:
        state.tell("command.redo-none")
    elif count:
        state.goto(state.timeline.position + min(count, state.timeline.ahead))


ORDER = Order("redo", _run)
