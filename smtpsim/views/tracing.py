"""How the SPF verdicts of a connection were reached: the whole tree of each, on a page."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation
from smtpsim.spf import Verdict
from smtpsim.views.page import page, part
from smtpsim.views.row import Panel, Section
from smtpsim.views.spf import IDENTITIES
from smtpsim.views.trace import trace_rows


def spf_traces(simulation: Simulation, words: Words) -> Panel | None:
    """A part for each identity that was checked; None when none was."""
    parts = tuple(_parts(simulation, words))
    return page(words("page.spf"), *parts) if parts else None


def _parts(simulation: Simulation, words: Words) -> Iterator[Section]:
    for check in simulation.connection.checks:
        if isinstance(check.trace, Verdict):
            title = f"{IDENTITIES[check.identity]}  {check.domain}  {check.result}"
            yield part(title, trace_rows(check.trace, words, f"{check.identity}-"))
