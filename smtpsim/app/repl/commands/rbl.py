""":rbl: look on a page at the blocklists that an address is on, or change them: then they stand in the panel."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.commands import load
from smtpsim.views.rbl import asked, page_of


def _run(state: State, argument: str) -> None:
    before = state.simulation.world.zones
    if commands.change(state, f":rbl {argument}") and state.simulation.world.zones is before:
        found = asked(state.simulation, f":rbl {argument}")
        if found:
            state.open_page(page_of(state.simulation.world, found, state.words))


ORDER = Order("rbl", _run, lambda state: load("rbl").arguments(state.simulation))
