""":suppression: look at the lists, on a page, or change them."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.commands import load
from smtpsim.session.commands.suppression import address_in
from smtpsim.views.suppression import suppression


def _run(state: State, argument: str) -> None:
    before = state.simulation.world
    if commands.change(state, f":suppression {argument}".strip()):
        same = state.simulation.world is before
        address = address_in(argument) if same else ""
        state.open_page(suppression(state.simulation.world, address, state.words))


ORDER = Order("suppression", _run, lambda state: load("suppression").arguments(state.simulation))
