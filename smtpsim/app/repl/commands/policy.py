""":policy: what a host judges by, on a page, or changed as a step of the session."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.command import Wrong
from smtpsim.session.commands import load
from smtpsim.session.commands.policy import asked_about
from smtpsim.views.policies import policies


def _run(state: State, argument: str) -> None:
    asked = asked_about(state.simulation, argument)
    if isinstance(asked, Wrong):
        state.refuse(asked)
    elif asked.rest:
        commands.change(state, f":policy {argument}")
    else:
        state.open_page(policies(asked.host, asked.policy, state.words))


ORDER = Order("policy", _run, lambda state: load("policy").arguments(state.simulation))
