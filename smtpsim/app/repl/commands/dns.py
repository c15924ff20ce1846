""":dns: look at a name, on a page, or change it: then its records stand in the panel, above what SPF makes of them."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.commands import load
from smtpsim.session.commands.dns import name_in
from smtpsim.views.records import records


def _run(state: State, argument: str) -> None:
    before = state.simulation.world.zones
    if commands.change(state, f":dns {argument}") and state.simulation.world.zones is before:
        state.open_page(records(before, name_in(argument), state.words))


ORDER = Order("dns", _run, lambda state: load("dns").arguments(state.simulation))
