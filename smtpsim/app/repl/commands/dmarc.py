""":dmarc [DOMAIN]: what the owner of a domain would be told about the mail that names it, or the owners of all."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.kernel.domain import a_labels


def _run(state: State, argument: str) -> None:
    from smtpsim.views.dmarc_report import dmarc_report

    state.open_page(dmarc_report(state.simulation.world, a_labels(argument).lower(), state.words))


def _arguments(state: State) -> tuple[str, ...]:
    """The domains that have a DMARC record."""
    prefix = "_dmarc."
    return tuple(name.removeprefix(prefix) for name in state.simulation.world.zones.names() if name.startswith(prefix))


ORDER = Order("dmarc", _run, _arguments)
