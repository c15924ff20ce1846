""":large: less at once, for a large room; again, everything."""

from __future__ import annotations

from smtpsim.app.repl import presenting
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State


def _run(state: State, argument: str) -> None:
    presenting.toggle_large(state)


ORDER = Order("large", _run)
