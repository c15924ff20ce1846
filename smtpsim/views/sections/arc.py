"""ARC: whether the chain holds, whether its sealers are believed, and what each of them says that it had found
(RFC 8617)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.auth.arc.chain import Chain, Result, Seal
from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.views.authentication import authentication, reads
from smtpsim.views.panel_section import Heard, PanelSection, Seen
from smtpsim.views.row import Badge, Mark, Row, Section, cited

MARKS = {Result.PASS: Mark.GOOD, Result.FAIL: Mark.BAD, Result.NONE: Mark.NOTE}
"""How each result is marked."""

TRUST = Ref(8617, "9.4")

SEALED = {True: Mark.GOOD, False: Mark.BAD, None: Mark.NONE}


def arc_rows(findings: Iterable[Finding], words: Words) -> Iterator[Row]:
    """The status of the chain, and below it the sealers, the last one first."""
    for finding in findings:
        why = f"{words(f'arc.reason-{finding.reason}')} ({cited(finding.ref)})"
        value = "  ".join(filter(None, (finding.result, finding.decided_by, finding.domain)))
        yield Row("arc", "ARC", value, MARKS[Result(finding.result)], why)
        if isinstance(finding.trace, Chain):
            yield from _details(finding.trace, words)


def _details(chain: Chain, words: Words) -> Iterator[Row]:
    if chain.detail:
        yield Row("detail", "", chain.detail, Mark.WARN, depth=1)
    if chain.untrusted is not None and chain.result is Result.PASS:
        yield _trust(chain.untrusted, words)
    for seal in reversed(chain.seals):
        yield _seal(seal, words)


def _trust(untrusted: tuple[str, ...], words: Words) -> Row:
    told = words("arc.untrusted", domains=", ".join(untrusted)) if untrusted else words("arc.trusted")
    return Row("trust", "", told, Mark.WARN if untrusted else Mark.GOOD, f"({cited(TRUST)})", 1)


def _seal(seal: Seal, words: Words) -> Row:
    """One set: who sealed it, what it made of the chain before, and what it had found out."""
    found = ", ".join(dict.fromkeys(f"{one.method}={one.result}" for one in seal.results.results))
    value = f"i={seal.instance}  {seal.domain}  cv={seal.status}"
    return Row(f"seal-{seal.instance}", "", value, SEALED[seal.good], found or words("arc.nothing-found"), 1)


def _badges(findings: Iterable[Finding]) -> Iterator[Badge]:
    for finding in findings:
        yield Badge(f"ARC {finding.domain}".strip(), finding.result, MARKS[Result(finding.result)])


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    yield from authentication("arc", seen, words, arc_rows, _badges)


def _rows(heard: Heard, words: Words) -> Iterator[Row]:
    yield from arc_rows((finding for finding in heard.findings if finding.kind == "arc"), words)


SECTION = PanelSection("arc", 81, _make, reads, rows=_rows)
