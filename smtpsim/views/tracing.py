"""How the SPF verdicts of a connection were reached: the whole tree of each, on a page."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.dns import Resolver
from smtpsim.session.simulation import Simulation
from smtpsim.spf import Verdict
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row, Section
from smtpsim.views.trace import IDENTITIES, trace_rows, type99


def spf_traces(simulation: Simulation, words: Words) -> Panel | None:
    """A part for each identity that was checked; None when none was."""
    parts = tuple(_parts(simulation, words))
    return page(words("page.spf"), *parts) if parts else None


def spf_trace_of(verdict: Verdict, zones: Resolver, client: str, words: Words) -> Panel:
    """The whole tree of a verdict on an envelope sender that was asked for by hand."""
    return page(words("page.spf"), _part("mailfrom", verdict, f"{client}  ", zones, words))


def _parts(simulation: Simulation, words: Words) -> Iterator[Section]:
    for finding in simulation.connection.findings:
        if isinstance(finding.trace, Verdict):
            yield _part(finding.identity, finding.trace, "", simulation.world.zones, words)


def _part(identity: str, verdict: Verdict, who: str, zones: Resolver, words: Words) -> Section:
    title = f"{who}{IDENTITIES[identity]}  {verdict.domain}  {verdict.result.value}"
    remark = type99(zones, verdict.domain, words)
    remarks = (Row("type99", "", remark, Mark.WARN),) if remark else ()
    return part(title, (*trace_rows(verdict, words, f"{identity}-"), *remarks))
