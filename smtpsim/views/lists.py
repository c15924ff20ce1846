"""What a server goes by beside SPF: blocklists, its own list, spam traps, greylisting, and how much comes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.session.simulation import Simulation
from smtpsim.views.row import Mark, Row, Section, cited, titled, worst

POLICIES = ("dnsbl", "own_list", "traps", "greylist", "rate")
"""The policies whose findings stand here."""

LISTED_MARKS = {"listed": Mark.BAD, "not-listed": Mark.GOOD, "error": Mark.WARN, "temperror": Mark.WAIT}

_STANDING_MARKS = {"tolerated": Mark.GOOD, "deferred": Mark.WAIT, "refused": Mark.BAD}
_TRAP_MARKS = {"bouncing": Mark.BAD, "watched": Mark.WARN}
_GREYLIST_MARKS = {"new": Mark.WAIT, "early": Mark.WAIT, "passed": Mark.GOOD, "known": Mark.GOOD}
_RATE_MARKS = {"within": Mark.GOOD, "over": Mark.BAD}


def section(simulation: Simulation, words: Words) -> Section | None:
    """None where the host has none of these policies."""
    used = {used.policy.name for used in simulation.connection.host.policies}
    rows = tuple(list_rows(simulation.connection.findings, words))
    title = words("lists.title")
    if rows:
        return titled("lists", title, rows, _digest(rows), worst(rows))
    if used.isdisjoint(POLICIES):
        return None
    none = words("lists.not-yet")
    return titled("lists", title, (Row("none", "", none),), none)


def list_rows(findings: Iterable[Finding], words: Words) -> Iterator[Row]:
    """A row for each finding, those about the client first."""
    known = tuple(findings)
    for kind, row in _ROWS.items():
        for finding in known:
            if finding.kind == kind:
                yield row(finding, words)


def own_list_row(finding: Finding, words: Words) -> Row:
    unknown, _, named = finding.decided_by.partition("/")
    value = words(f"lists.own-list-{finding.reason}", host=finding.domain, unknown=unknown, named=named)
    return Row("own-list", words("lists.own-list"), value, _STANDING_MARKS[finding.result])


def coded(reason: str, codes: str, words: Words) -> str:
    """The codes of a list's answer, and what they mean."""
    meaning = words(f"lists.code-{reason}")
    return f"{codes}: {meaning}" if codes else meaning


def _dnsbl_row(finding: Finding, words: Words) -> Row:
    said = words(f"lists.dnsbl-{finding.result}", codes=coded(finding.reason, finding.decided_by, words))
    value = f"{finding.domain}: {said}"
    return Row(f"dnsbl-{finding.domain}", words("lists.dnsbl"), value, LISTED_MARKS[finding.result], cited(finding.ref))


def _trap_row(finding: Finding, words: Words) -> Row:
    remark = words(f"lists.trap-{finding.result}")
    return Row(f"trap-{finding.domain}", words("lists.trap"), finding.domain, _TRAP_MARKS[finding.result], remark)


def _greylist_row(finding: Finding, words: Words) -> Row:
    value = words(f"lists.greylist-{finding.result}", seconds=finding.decided_by)
    remark = words("lists.greylist-of", network=finding.domain, recipient=finding.subject)
    return Row(
        "greylist", words("lists.greylist"), value, _GREYLIST_MARKS[finding.result], f"{remark} ({cited(finding.ref)})"
    )


def _rate_row(finding: Finding, words: Words) -> Row:
    number, _, limit = finding.decided_by.partition("/")
    value = words(
        f"lists.rate-{finding.result}", what=words(f"lists.rate-{finding.reason}"), number=number, limit=limit
    )
    return Row("rate", words("lists.rate"), value, _RATE_MARKS[finding.result])


_ROWS: Mapping[str, Callable[[Finding, Words], Row]] = {
    "dnsbl": _dnsbl_row,
    "own_list": own_list_row,
    "rate": _rate_row,
    "trap": _trap_row,
    "greylist": _greylist_row,
}


def _digest(rows: tuple[Row, ...]) -> str:
    """The most serious of them."""
    mark = worst(rows)
    return next(f"{row.label} {row.value}" for row in rows if row.mark is mark)
