""":hosts: who answers where in this world."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.views.hosts import hosts


def _run(state: State, argument: str) -> None:
    state.open_page(hosts(state.simulation, state.words))


ORDER = Order("hosts", _run)
