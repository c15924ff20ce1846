"""An SPF verdict folded: of all its steps, the records and terms that decided, outermost first."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.spf import Evaluation, Reason, Step, Verdict
from smtpsim.spf.run import LOOKUP_LIMIT, VOID_LIMIT
from smtpsim.views.row import Mark, Row, cited
from smtpsim.views.trace import MARKS, SHORT, answer_row, fault_row, trace_rows

_COUNTED = (Reason.TOO_MANY_LOOKUPS, Reason.TOO_MANY_VOIDS)
"""The reasons that the count of look-ups belongs to."""


def path_rows(verdict: Verdict, words: Words, key: str) -> tuple[Row, ...]:
    """Each record on the way with the term of it that decided; `key` begins the keys of the rows."""
    rows = [*_evaluation(verdict.trace, words, 0)]
    if verdict.explanation:
        rows.append(Row("", "", words("trace.explanation", text=verdict.explanation), Mark.NOTE))
    return tuple(row._replace(key=f"{key}{number}") for number, row in enumerate(rows))


def folded_away(verdict: Verdict, words: Words) -> int:
    """How many steps the folded form leaves out."""
    return max(len(trace_rows(verdict, words)) - len(path_rows(verdict, words, "")) - 1, 0)


def _evaluation(evaluation: Evaluation, words: Words, depth: int) -> Iterator[Row]:
    if evaluation.answer is not None:
        yield answer_row(evaluation.answer, words, depth)
    if evaluation.fault is not None:
        yield fault_row(evaluation.fault, words, depth + 1)
    step = evaluation.decided_by
    if step is not None and step.result is not None:
        yield Row("", "", str(step.term), MARKS[step.result], _remark(step, words), depth + 1)
        if step.nested is not None:
            yield from _evaluation(step.nested, words, depth + 2)


def _remark(step: Step, words: Words) -> str:
    """Why the term decided; nothing where the reason lies further in and is told there."""
    if step.nested is not None and step.nested.reason is step.reason and step.nested.decided_by is not None:
        return ""
    why = words(SHORT.get(step.reason, f"spf.reason-{step.reason.value}"))
    if step.reason in _COUNTED:
        used = words("trace.used", lookups=step.lookups, voids=step.voids, most=LOOKUP_LIMIT, most_voids=VOID_LIMIT)
        why = f"{why}; {used}"
    return f"{why} ({cited(step.ref)})"
