""":back: from what was typed beside a recording, to the step where it was left."""

from __future__ import annotations

from smtpsim.app.repl import presenting
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State


def _run(state: State, argument: str) -> None:
    presenting.back(state)


ORDER = Order("back", _run)
