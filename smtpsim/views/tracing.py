"""How the SPF verdicts of a connection were reached: the whole tree of each, on a page."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.session.simulation import Simulation
from smtpsim.spf import Verdict
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row, Section
from smtpsim.views.trace import IDENTITIES, trace_rows, type99


def spf_traces(simulation: Simulation, words: Words) -> Panel | None:
    """A part for each identity that was checked; None when none was."""
    parts = tuple(_parts(simulation, words))
    return page(words("page.spf"), *parts) if parts else None


def _parts(simulation: Simulation, words: Words) -> Iterator[Section]:
    for finding in simulation.connection.findings:
        if isinstance(finding.trace, Verdict):
            title = f"{IDENTITIES[finding.identity]}  {finding.domain}  {finding.result}"
            remark = type99(simulation.world.zones, finding.domain, words)
            remarks = (Row("type99", "", remark, Mark.WARN),) if remark else ()
            yield part(title, (*trace_rows(finding.trace, words, f"{finding.identity}-"), *remarks))
