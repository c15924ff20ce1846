""":dns: look at a name, or change it; either way its records are shown as they stand then."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.commands import load
from smtpsim.views.records import records


def _run(state: State, argument: str) -> None:
    if commands.change(state, f":dns {argument}"):
        name = next(word for word in argument.split() if "." in word)
        state.open_page(records(state.simulation.world.zones, name, state.words))


ORDER = Order("dns", _run, lambda state: load("dns").arguments(state.simulation))
