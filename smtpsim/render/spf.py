"""An SPF verdict as text: the result, the record with the deciding term pointed at, and the whole trace."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.dns import record_text
from smtpsim.kernel.printable import printable
from smtpsim.render.cells import breakable, width
from smtpsim.render.theme import SYMBOLS
from smtpsim.spf import Evaluation, Verdict
from smtpsim.spf.run import LOOKUP_LIMIT, VOID_LIMIT
from smtpsim.spf.verdict import settled
from smtpsim.views.trace import trace_rows


def verdict_lines(verdict: Verdict, words: Words) -> Iterator[str]:
    """Everything that `smtpsim spf` says of a verdict, safe to print."""
    result = verdict.result.value
    yield f"{result}: {words(f'spf.result-{result}')}"
    yield from map(printable, _pointed(settled(verdict.trace), verdict, words))
    used = words(
        "trace.lookups",
        lookups=verdict.lookups,
        most=LOOKUP_LIMIT,
        voids=verdict.voids,
        most_voids=VOID_LIMIT,
    )
    yield f"{words(f'spf.reason-{verdict.reason.value}')} ({verdict.ref}); {used}"
    if verdict.explanation:
        yield words("trace.explanation", text=verdict.explanation)
    yield ""
    for row in trace_rows(verdict, words):
        yield printable(breakable(f"{SYMBOLS[row.mark]} {'  ' * row.depth}{row.value}"))
        if row.remark:
            yield printable(breakable(f"  {'  ' * row.depth}  {row.remark}"))


def _pointed(evaluation: Evaluation, verdict: Verdict, words: Words) -> Iterator[str]:
    """The record that decided, and below it a pointer at the term, or at the fault."""
    if not evaluation.text:
        return
    label = words("trace.record", domain=evaluation.domain)
    text = record_text(evaluation.text)
    yield f"{label}: {text}"
    step, fault = evaluation.decided_by, evaluation.fault
    if fault is not None:
        column, length, ref = fault.column, max(1, len(fault.found)), fault.ref
    elif step is not None:
        column, length, ref = step.term.column, len(str(step.term)), step.ref
    else:
        return
    yield " " * (width(label) + 2 + column - 1) + "^" * length + " " + words("trace.decides", ref=ref)
