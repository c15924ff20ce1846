""":hop N: the dialogue between two servers; the panel names its number."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.session.command import number
from smtpsim.views.hop import hop
from smtpsim.views.row import Mark, Panel
from smtpsim.world.model import Hop


def _run(state: State, argument: str) -> None:
    hops = state.simulation.world.hops
    wanted = number(argument)
    if not argument:
        state.tell("command.hop-missing", Mark.BAD)
    elif wanted is None or wanted not in hops:
        state.tell("command.hop-unknown", Mark.BAD, found=argument, count=len(hops))
    else:
        _open(state, hops[wanted])


def _open(state: State, found: Hop) -> None:
    def page() -> Panel:
        return hop(found, state.simulation.world, state.words, state.unfolded)

    state.open_page(page(), page)


def _numbers(state: State) -> tuple[str, ...]:
    return tuple(map(str, sorted(state.simulation.world.hops)))


ORDER = Order("hop", _run, _numbers)
