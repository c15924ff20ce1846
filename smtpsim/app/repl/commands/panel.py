""":panel [both|panel|dialogue]: what is shown; alone, the next of the three."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.shape import Showing
from smtpsim.app.repl.state import State
from smtpsim.views.row import Mark

CHOICES = tuple(Showing)


def _run(state: State, argument: str) -> None:
    if argument and argument not in CHOICES:
        state.tell("command.panel-unknown", Mark.BAD)
        return
    state.close_page()
    state.showing = Showing(argument) if argument else _next(state.showing)


def _next(showing: Showing) -> Showing:
    return CHOICES[(CHOICES.index(showing) + 1) % len(CHOICES)]


ORDER = Order("panel", _run, lambda state: tuple(map(str, CHOICES)))
