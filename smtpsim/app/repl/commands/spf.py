""":spf: how the SPF verdicts were reached, query by query and term by term; once more, and the page is closed."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.views.tracing import spf_traces


def _run(state: State, argument: str) -> None:
    page = spf_traces(state.simulation, state.words)
    if page is None:
        state.tell("command.spf-none")
    elif page == state.page:
        state.close_page()
    else:
        state.open_page(page)


ORDER = Order("spf", _run)
