"""What stands beside SPF where a host asks for it: the sections of DKIM and DMARC."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.session.simulation import Simulation
from smtpsim.views.row import Mark, Row, Section, badged, titled, worst

KINDS = ("dkim", "dmarc")


def sections(simulation: Simulation, words: Words) -> Iterator[Section]:
    """Nothing for a host that has neither policy; where it has one and has not judged yet, that this is to come."""
    connection = simulation.connection
    used = {used.policy.name for used in connection.host.policies}
    for kind in KINDS:
        found = tuple(finding for finding in connection.findings if finding.kind == kind)
        if found:
            yield section(kind, found, words)
        elif kind in used:
            none = words("panel.own-user" if connection.state.user is not None else "panel.not-yet")
            yield titled(kind, kind.upper(), (Row("none", "", none, Mark.WAIT),), none)


def section(kind: str, findings: tuple[Finding, ...], words: Words) -> Section:
    """The findings of one kind."""
    rows = tuple(finding_rows(findings, words))
    return Section(kind, kind.upper(), rows, _digest(kind, findings, rows))


def finding_rows(findings: tuple[Finding, ...], words: Words) -> Iterator[Row]:
    """The rows of DKIM's findings, and of DMARC's."""
    from smtpsim.views.dkim import dkim_rows
    from smtpsim.views.dmarc import dmarc_rows

    yield from dkim_rows((finding for finding in findings if finding.kind == "dkim"), words)
    for finding in findings:
        if finding.kind == "dmarc":
            yield from dmarc_rows(finding, words)


def _digest(kind: str, findings: tuple[Finding, ...], rows: tuple[Row, ...]) -> Row:
    from smtpsim.views.dkim import dkim_badges
    from smtpsim.views.dmarc import dmarc_badges

    badges = dkim_badges(findings) if kind == "dkim" else dmarc_badges(findings[0])
    return badged(kind, tuple(badges), kind.upper())._replace(mark=worst(rows))
