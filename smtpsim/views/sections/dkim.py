"""DKIM: each signature with its verdict, and below it the key that was asked for and what was signed (RFC 6376)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.auth.signature import Examined, Result
from smtpsim.explain import Words
from smtpsim.kernel.dns import Answer, record_text
from smtpsim.kernel.finding import Finding
from smtpsim.views.authentication import authentication, reads
from smtpsim.views.panel_section import Heard, PanelSection, Seen
from smtpsim.views.row import Badge, Mark, Row, Section, cited

MARKS = {
    Result.PASS: Mark.GOOD,
    Result.FAIL: Mark.BAD,
    Result.NONE: Mark.NOTE,
    Result.NEUTRAL: Mark.WARN,
    Result.TEMPERROR: Mark.WAIT,
    Result.PERMERROR: Mark.BAD,
}
"""How each result is marked."""

LONGEST_RECORD = 60
"""Characters of a key's record that are shown: the rest of a key tells nobody anything."""


def dkim_rows(findings: Iterable[Finding], words: Words) -> Iterator[Row]:
    """A group of rows for each signature; one row for a letter without any."""
    for number, finding in enumerate(findings):
        key = f"dkim-{number}"
        why = f"{words(f'dkim.reason-{finding.reason}')} ({cited(finding.ref)})"
        value = f"{finding.result}  d={finding.domain}" if finding.domain else finding.result
        yield Row(key, "DKIM", value, MARKS[Result(finding.result)], why)
        if isinstance(finding.trace, Examined):
            yield from (row._replace(key=f"{key}-{row.key}", depth=1) for row in _steps(finding.trace, words))


def _badges(findings: Iterable[Finding]) -> Iterator[Badge]:
    """The verdicts side by side, by the domain that signed."""
    for finding in findings:
        yield Badge(f"DKIM {finding.domain}".strip(), finding.result, MARKS[Result(finding.result)])


def _steps(examined: Examined, words: Words) -> Iterator[Row]:
    if examined.detail:
        yield Row("detail", "", examined.detail, Mark.WARN)
    if examined.key is not None:
        yield Row("key", "", _answered(examined.key, words))
    if examined.signature is not None:
        named = ", ".join(dict.fromkeys(name.lower() for name in examined.signature.headers))
        yield Row("headers", "", f"{words('panel.dkim-signed')}: {named}")
    if examined.body is not None:
        kept = words("panel.dkim-body-same" if examined.body else "panel.dkim-body-other")
        yield Row("body", "", kept, Mark.NONE if examined.body else Mark.BAD)


def _answered(answer: Answer, words: Words) -> str:
    """The question for the key and what came back, the key itself cut short."""
    found = ", ".join(record_text(record) for record in answer.records)
    shown = found if len(found) <= LONGEST_RECORD else f"{found[:LONGEST_RECORD]}\N{HORIZONTAL ELLIPSIS}"
    names = " -> ".join((answer.name, *answer.aliases))
    return f"{names} {answer.rdtype}: {shown or words(f'trace.answer-{answer.status.value}')}"


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    yield from authentication("dkim", seen, words, dkim_rows, _badges)


def _rows(heard: Heard, words: Words) -> Iterator[Row]:
    yield from dkim_rows((finding for finding in heard.findings if finding.kind == "dkim"), words)


SECTION = PanelSection("dkim", 80, _make, reads, rows=_rows)
