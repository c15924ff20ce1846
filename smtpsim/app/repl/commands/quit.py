""":quit: leave the program; QUIT is SMTP's own command."""

from __future__ import annotations

from smtpsim.app.repl.leaving import leave
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State


def _run(state: State, argument: str) -> None:
    leave(state)


ORDER = Order("quit", _run)
