"""SPF: the verdicts side by side, and below them, for each identity, the way through the record that decided it
(RFC 7208); then what SPF cannot see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.dns import Resolver
from smtpsim.kernel.finding import Finding
from smtpsim.session.simulation import Simulation
from smtpsim.spf import Result, Verdict
from smtpsim.views.lookalike import lookalike_badges, lookalike_rows
from smtpsim.views.panel_section import Heard, PanelSection, Seen
from smtpsim.views.path import folded_away, path_rows
from smtpsim.views.row import Badge, Mark, Row, Section, badged, cited, most_serious, titled, worst
from smtpsim.views.shift import Shift
from smtpsim.views.trace import ASKED, IDENTITIES, MARKS, trace_rows, type99
from smtpsim.world.model import Host


class Sight(NamedTuple):
    """How the section is looked at: the identities whose steps are unfolded, and the verdicts just turned round."""

    unfolded: frozenset[str] = frozenset()
    shifts: tuple[Shift, ...] = ()


PLAIN = Sight()
"""All folded, and nothing to compare with."""


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    yield _section(seen.simulation, words, Sight(seen.unfolded, seen.shifts))


def _section(simulation: Simulation, words: Words, sight: Sight) -> Section:
    findings = simulation.connection.findings
    checked: dict[str, Finding] = {finding.identity: finding for finding in findings if finding.kind == "spf"}
    title = words("panel.spf")
    if not checked and not asked(simulation.connection.host):
        none = words("panel.spf-off")
        rows = (Row("none", "", none), *lookalike_rows(findings, words))
        return titled("spf", title, rows, none, worst(rows))
    badges = (*_badges(simulation, checked, words), *lookalike_badges(findings, words))
    rows = (
        badged("verdicts", badges),
        *finding_rows(checked.values(), simulation.world.zones, words, sight),
        *lookalike_rows(findings, words),
    )
    head = folded_title(title, checked.values(), words, sight)
    return Section("spf", head, rows, _digest(title, badges, rows, sight, words), _state(checked.values()))


def _state(findings: Iterable[Finding]) -> str:
    """The verdict that matters most."""
    results = [Result(finding.result) for finding in findings]
    mark = most_serious(MARKS[result] for result in results)
    return next((result.value for result in results if MARKS[result] is mark), "")


def asked(host: Host) -> frozenset[str]:
    """The identities whose records a host asks for."""
    asking = ((policy.asks or policy.lights, settings) for policy, settings in host.policies)
    return frozenset(identity for asks, settings in asking if asks for identity in asks(settings))


def _badges(simulation: Simulation, findings: Mapping[str, Finding], words: Words) -> Iterator[Badge]:
    """A verdict, or why there is none: it may still come, or nobody here asks for it."""
    wanted = asked(simulation.connection.host)
    for identity in ASKED:
        name = IDENTITIES[identity]
        if identity in findings:
            result = Result(findings[identity].result)
            yield Badge(name, result.value, MARKS[result])
        elif identity not in wanted:
            yield Badge(name, words("panel.spf-not-asked"))
        elif identity == "header-from" and simulation.transaction.stage == "taken":
            yield Badge(name, words("panel.spf-no-author"), Mark.NOTE)
        else:
            yield Badge(name, words("panel.not-yet"), Mark.WAIT)


def finding_rows(findings: Iterable[Finding], zones: Resolver, words: Words, sight: Sight = PLAIN) -> Iterator[Row]:
    """Each verdict, and below it the steps that led to it."""
    for finding in findings:
        shift = next((shift for shift in sight.shifts if shift.identity == finding.identity), None)
        yield _verdict(finding, shift, words)
        if isinstance(finding.trace, Verdict):
            steps = trace_rows if finding.identity in sight.unfolded else path_rows
            rows = steps(finding.trace, words, f"{finding.identity}-")
            yield from (row._replace(depth=row.depth + 1) for row in rows)
        remark = type99(zones, finding.domain, words)
        if remark:
            yield Row(f"{finding.identity}-type99", "", remark, Mark.WARN, depth=1)


def folded_title(title: str, findings: Iterable[Finding], words: Words, sight: Sight = PLAIN) -> str:
    """The title, with the number of the steps that are folded away, where there are any."""
    folded = (finding.trace for finding in findings if finding.identity not in sight.unfolded)
    count = sum(folded_away(trace, words) for trace in folded if isinstance(trace, Verdict))
    return words("trace.folded", title=title, count=count) if count else title


def _verdict(finding: Finding, shift: Shift | None, words: Words) -> Row:
    """The verdict on one identity, with what it was before, and why where no term decided it."""
    remarks = (
        words("panel.spf-was-now", was=shift.was, now=shift.now) if shift else "",
        words("panel.spf-null-sender") if finding.identity == "mailfrom" and not finding.subject else "",
        "" if _is_in_steps(finding) else f"{words(f'spf.reason-{finding.reason}')} ({cited(finding.ref)})",
    )
    mark = MARKS[Result(finding.result)]
    remark = words("panel.then").join(filter(None, remarks))
    return Row(finding.identity, IDENTITIES[finding.identity], f"{finding.result}  {finding.domain}", mark, remark)


def _is_in_steps(finding: Finding) -> bool:
    """Whether the steps below say why: a term that decided, or a fault in the record, does."""
    return isinstance(finding.trace, Verdict) and (bool(finding.trace.path) or finding.trace.fault is not None)


def _digest(title: str, badges: Iterable[Badge], rows: tuple[Row, ...], sight: Sight, words: Words) -> Row:
    """The verdicts in one line, with what they were before."""
    was = {IDENTITIES[shift.identity]: words("panel.spf-was", was=shift.was) for shift in sight.shifts}
    shown = tuple(
        badge._replace(value=f"{badge.value} {was[badge.label]}") if badge.label in was else badge for badge in badges
    )
    return badged("spf", shown, title)._replace(mark=worst(rows))


def _reads(seen: Seen) -> tuple[object, ...]:
    simulation = seen.simulation
    taken = simulation.transaction.stage == "taken"
    return seen.findings, seen.host, simulation.world.zones, taken, seen.unfolded, seen.shifts


def _rows(heard: Heard, words: Words) -> Iterator[Row]:
    spf = [finding for finding in heard.findings if finding.kind == "spf"]
    yield from finding_rows(spf, heard.world.zones, words, Sight(heard.unfolded))
    yield from lookalike_rows(heard.findings, words)


SECTION = PanelSection("spf", 60, _make, _reads, rows=_rows)
