""":reputation: the meters of the sending services' customers, on a page."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.commands import load
from smtpsim.views.reputation import reputation


def _run(state: State, argument: str) -> None:
    if commands.change(state, f":reputation {argument}".strip()):
        state.open_page(reputation(state.simulation.world, argument.lower(), state.words))


ORDER = Order("reputation", _run, lambda state: load("reputation").arguments(state.simulation))
