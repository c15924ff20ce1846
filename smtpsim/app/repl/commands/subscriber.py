""":subscriber: what the owner of a mailbox has told the carrier, on a page, or changed as a step of the session."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.command import Wrong
from smtpsim.session.commands import load
from smtpsim.session.commands.subscriber import settings_of, subscribed
from smtpsim.views.subscriber import subscriber
from smtpsim.world.stored import keeper


def _run(state: State, argument: str) -> None:
    address, *rest = argument.split() or [""]
    world = state.simulation.world
    found = subscribed(world, address)
    if isinstance(found, Wrong):
        state.refuse(found)
    elif rest:
        commands.change(state, f":subscriber {argument}")
    else:
        state.open_page(subscriber(found, settings_of(keeper(world, found)), state.words))


ORDER = Order("subscriber", _run, lambda state: load("subscriber").arguments(state.simulation))
