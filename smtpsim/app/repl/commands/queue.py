""":queue: the letters that wait, and when they are tried again."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.views.queue import queue


def _run(state: State, argument: str) -> None:
    state.open_page(queue(state.simulation.world, state.words))


ORDER = Order("queue", _run)
