"""An SPF verdict as a tree of rows: every query, record, term and answer, with what was used up by then."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.dns import Answer, Resolver, record_text
from smtpsim.spf import Evaluation, Reason, Result, Step, Verdict
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.run import LOOKUP_LIMIT, VOID_LIMIT
from smtpsim.views.row import Mark, Row, cited

IDENTITIES = {"helo": "HELO", "mailfrom": "MAIL FROM", "header-from": "From:", "client": "IP"}
"""By the identity of a check."""

ASKED = ("helo", "mailfrom", "header-from")
"""The identities in the order in which they become known (RFC 7208 2.2 to 2.4)."""

MARKS = {
    Result.PASS: Mark.GOOD,
    Result.FAIL: Mark.BAD,
    Result.SOFTFAIL: Mark.WARN,
    Result.NEUTRAL: Mark.NOTE,
    Result.NONE: Mark.NOTE,
    Result.TEMPERROR: Mark.WAIT,
    Result.PERMERROR: Mark.BAD,
}
"""How each of the seven results is marked (RFC 7208 2.6)."""


SHORT = {Reason.MATCHED: "trace.matched", Reason.NO_MATCH: "trace.no-match"}
"""Shorter words for the reasons that most steps have."""


def trace_rows(verdict: Verdict, words: Words, key: str = "") -> tuple[Row, ...]:
    """The whole tree, outermost record first. Terms that decided carry the mark of their result; `key` begins the
    keys of the rows."""
    deciding = {id(step) for step in verdict.path}
    rows = [*_evaluation(verdict.trace, words, 0, deciding)]
    if verdict.explained is not None:
        rows += _explanation(verdict, words)
    return tuple(row._replace(key=f"{key}{number}") for number, row in enumerate(rows))


def _evaluation(evaluation: Evaluation, words: Words, depth: int, deciding: set[int]) -> Iterator[Row]:
    """One record: the question for it, its terms, and what it came to."""
    if evaluation.answer is not None:
        yield answer_row(evaluation.answer, words, depth)
    if evaluation.fault is not None:
        yield fault_row(evaluation.fault, words, depth + 1)
    for step in evaluation.steps:
        yield from _step(step, words, depth + 1, deciding)
    result = words("trace.result", domain=evaluation.domain, result=evaluation.result.value)
    yield Row("", "", result, MARKS[evaluation.result], _why(evaluation, words), depth=depth)


def _why(evaluation: Evaluation, words: Words) -> str:
    """The term that the client matched, or why none decided."""
    step = evaluation.decided_by
    matched = step is not None and evaluation.reason is Reason.MATCHED
    why = words("trace.by", term=step.term) if matched and step else words(f"spf.reason-{evaluation.reason.value}")
    return f"{why} ({cited(evaluation.ref)})"


def _step(step: Step, words: Words, depth: int, deciding: set[int]) -> Iterator[Row]:
    """One term: where it stands, what it expanded to, whether it matched, and the count at that point."""
    decided = id(step) in deciding and step.result is not None
    mark = MARKS[step.result] if decided and step.result is not None else Mark.NONE
    facts = (
        words("trace.column", column=step.term.column),
        words("trace.target", target=step.target) if step.target else "",
        words(SHORT.get(step.reason, f"spf.reason-{step.reason.value}")),
        words("trace.used", lookups=step.lookups, voids=step.voids, most=LOOKUP_LIMIT, most_voids=VOID_LIMIT),
        cited(step.ref),
    )
    yield Row("", "", str(step.term), mark, "; ".join(fact for fact in facts if fact), depth=depth)
    for answer in step.answers:
        yield answer_row(answer, words, depth + 1)
    if step.nested is not None:
        yield from _evaluation(step.nested, words, depth + 1, deciding)


def fault_row(fault: SyntaxFault, words: Words, depth: int) -> Row:
    """What is wrong with a record, and where."""
    wrong = words(f"spf.fault-{fault.key}", column=fault.column, found=fault.found)
    return Row("", "", f"{wrong} ({cited(fault.ref)})", Mark.BAD, depth=depth)


def answer_row(answer: Answer, words: Words, depth: int) -> Row:
    """A question to the DNS, the aliases that were followed, and what came back."""
    found = ", ".join(record_text(record) for record in answer.records)
    names = " -> ".join((answer.name, *answer.aliases))
    value = found or words(f"trace.answer-{answer.status.value}")
    return Row("", "", f"{names} {answer.rdtype}: {value}", depth=depth)


def _explanation(verdict: Verdict, words: Words) -> Iterator[Row]:
    explained = verdict.explained
    assert explained is not None
    why = words(f"spf.explanation-{explained.key}")
    yield Row("", "", str(explained.term), Mark.NONE, f"{why} ({cited(explained.term.ref)})", depth=0)
    for answer in explained.answers:
        yield answer_row(answer, words, 1)
    if explained.text:
        yield Row("", "", explained.text, Mark.NOTE, depth=1)


TYPE = "SPF"


def type99(zones: Resolver, domain: str, words: Words) -> str:
    """The remark on a domain, "" where it has no such record."""
    if not zones.query(domain, TYPE).records:
        return ""
    texts = (record for record in zones.query(domain, "TXT").records if isinstance(record, bytes))
    beside = any(text.lower().split(b" ")[0] == b"v=spf1" for text in texts)
    return words("trace.type99-also" if beside else "trace.type99-only", domain=domain)
