"""DMARC: the verdict, the policy that it applies, what SPF and DKIM have to do with the author, and the walk up the
tree of names (RFC 9989)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.auth.alignment import MODES, Aligned
from smtpsim.auth.discover import Discovery
from smtpsim.auth.dmarc import Result, Verdict
from smtpsim.auth.record import NOTE_REFS, Record
from smtpsim.auth.walk import ORGANISATION, Asked, Walk
from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.kernel.ref import Ref
from smtpsim.views.authentication import authentication, reads
from smtpsim.views.panel_section import Heard, PanelSection, Seen
from smtpsim.views.row import Badge, Mark, Row, Section, cited

MARKS = {
    Result.PASS: Mark.GOOD,
    Result.FAIL: Mark.BAD,
    Result.NONE: Mark.NOTE,
    Result.TEMPERROR: Mark.WAIT,
}
"""How each result is marked."""

OVERRIDE = Ref(8617, "7.2.1")
"""A receiver may believe the chain rather than do what the policy wants."""


def _all_rows(findings: Iterable[Finding], words: Words) -> Iterator[Row]:
    for finding in findings:
        yield from dmarc_rows(finding, words)


def dmarc_rows(finding: Finding, words: Words) -> Iterator[Row]:
    """The verdict and all that it rests on."""
    why = f"{words(f'dmarc.reason-{finding.reason}')} ({cited(finding.ref)})"
    mark = MARKS[Result(finding.result)]
    yield Row("dmarc", "DMARC", f"{finding.result}  {finding.domain}".strip(), mark, why)
    verdict = finding.trace
    if isinstance(verdict, Verdict) and verdict.discovery is not None:
        yield from _details(verdict, verdict.discovery, words)


def _badges(findings: Iterable[Finding]) -> Iterator[Badge]:
    for finding in findings:
        yield Badge("DMARC", finding.result, MARKS[Result(finding.result)])


def _details(verdict: Verdict, discovery: Discovery, words: Words) -> Iterator[Row]:
    for number, aligned in enumerate(verdict.aligned):
        yield _aligned(number, aligned, discovery, words)
        if aligned.walk is not None:
            yield from _walk(f"align-{number}", aligned.walk, words, 2)
    if discovery.record is not None:
        yield _policy(verdict, discovery, words)
        yield from _passed_over(discovery.record, words)
    yield from _sealed(verdict, words)
    yield from _walk("walk", discovery.walk, words, 1)


def _aligned(number: int, aligned: Aligned, author: Discovery, words: Words) -> Row:
    """One domain that SPF or DKIM looked at, beside the author's."""
    method = aligned.identifier.method.upper()
    why = words(
        f"dmarc.align-{aligned.key}",
        method=method,
        tag=MODES[aligned.identifier.method],
        organisation=aligned.walk.organisation if aligned.walk else "",
        author=author.walk.organisation,
    )
    value = f"{method} {aligned.identifier.result}  {aligned.identifier.domain}"
    mark = Mark.GOOD if aligned.aligned else Mark.BAD if aligned.identifier.result == "pass" else Mark.NONE
    return Row(f"align-{number}", "", value, mark, f"{why} ({cited(aligned.ref)})", 1)


def _policy(verdict: Verdict, discovery: Discovery, words: Words) -> Row:
    """Which tag of which record decides, and what that means for this letter."""
    key = f"dmarc.policy-{discovery.tag}" if discovery.tag else "dmarc.policy-missing"
    remarks = [words(f"dmarc.whose-{discovery.whose}", domain=discovery.domain)]
    if discovery.policy is not discovery.applied:
        remarks.append(words("dmarc.testing", applied=discovery.applied))
    if verdict.result is Result.FAIL:
        remarks.append(words(f"dmarc.wanted-{verdict.wanted}"))
    mark = Mark.WARN if verdict.wanted != "none" else Mark.NONE
    return Row("policy", "", words(key, policy=discovery.policy), mark, words("panel.then").join(remarks), 1)


def _sealed(verdict: Verdict, words: Words) -> Iterator[Row]:
    """What an ARC chain that is believed says of the letter before it was forwarded."""
    if verdict.sealed is None:
        return
    vouching = [one.identifier for one in verdict.sealed.aligned if one.aligned]
    passed = ", ".join(f"{one.method.upper()} {one.domain}" for one in vouching)
    told = words("dmarc.overridden", passed=passed) if verdict.overridden else words("dmarc.not-overridden")
    yield Row("sealed", "", told, Mark.GOOD if verdict.overridden else Mark.WARN, f"({cited(OVERRIDE)})", 1)


def _passed_over(record: Record, words: Words) -> Iterator[Row]:
    """The tags that do not count, and why."""
    for number, tag in enumerate(record.tags):
        if tag.note is not None:
            found = f"{tag.name}={tag.value}" if tag.name else tag.value
            told = words(f"dmarc.tag-{tag.note}", column=tag.column, found=found)
            yield Row(f"tag-{number}", "", f"{told} ({cited(NOTE_REFS[tag.note])})", Mark.WARN, depth=2)


def _walk(key: str, walk: Walk, words: Words, depth: int) -> Iterator[Row]:
    """Whose organisation the domain is, and below it every question on the way."""
    suffix = walk.asked[-1].domain
    why = words(f"dmarc.walk-{walk.key}", suffix=suffix)
    label = words("dmarc.walk", domain=walk.domain)
    text = f"{label}: {walk.organisation}"
    yield Row(f"{key}-organisation", "", text, Mark.NOTE, f"{why} ({cited(ORGANISATION)})", depth)
    for number, asked in enumerate(walk.asked):
        yield Row(f"{key}-{number}", "", _asked(asked, words), depth=depth + 1)


def _asked(asked: Asked, words: Words) -> str:
    """The question and the DMARC record that came back; other TXT records are none of its business."""
    told = asked.record.text if asked.record else ""
    if len(asked.found) > 1:
        told = words("dmarc.walk-several", count=len(asked.found))
    elif not told and asked.answer.records:
        told = words("dmarc.walk-other")
    return f"{asked.answer.name} TXT: {told or words(f'trace.answer-{asked.answer.status.value}')}"


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    yield from authentication("dmarc", seen, words, _all_rows, _badges)


def _rows(heard: Heard, words: Words) -> Iterator[Row]:
    yield from _all_rows((finding for finding in heard.findings if finding.kind == "dmarc"), words)


SECTION = PanelSection("dmarc", 82, _make, reads, rows=_rows)
