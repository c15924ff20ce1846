""":spf: how the SPF verdicts were reached, query by query and term by term."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.views.tracing import spf_traces


def _run(state: State, argument: str) -> None:
    page = spf_traces(state.simulation, state.words)
    if page:
        state.open_page(page)
    else:
        state.tell("command.spf-none")


ORDER = Order("spf", _run)
