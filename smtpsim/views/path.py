"""An SPF verdict folded: of all its steps, the records and terms that decided, outermost first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from smtpsim.explain import Words
from smtpsim.spf import Evaluation, Reason, Step, Verdict
from smtpsim.spf.run import LOOKUP_LIMIT, VOID_LIMIT
from smtpsim.views.row import Mark, Row, cited
from smtpsim.views.trace import MARKS, SHORT, answer_row, fault_row, trace_rows

_COUNTED = (Reason.TOO_MANY_LOOKUPS, Reason.TOO_MANY_VOIDS)
"""The reasons that the count of look-ups belongs to."""


class _Same:
    """A verdict as a key of a cache: compared by identity, since a trace never changes and hashing it would cost more
    than to make its rows."""

    __slots__ = ("verdict",)

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.verdict is other.verdict

    def __hash__(self) -> int:
        return id(self.verdict)


def path_rows(verdict: Verdict, words: Words, key: str) -> tuple[Row, ...]:
    """Each record on the way with the term of it that decided; `key` begins the keys of the rows."""
    return _path_rows(_Same(verdict), words, key)


def folded_away(verdict: Verdict, words: Words) -> int:
    """How many steps the folded form leaves out."""
    return _folded_away(_Same(verdict), words)


@lru_cache(maxsize=128)
def _path_rows(same: _Same, words: Words, key: str) -> tuple[Row, ...]:
    verdict = same.verdict
    rows = [*_evaluation(verdict.trace, words, 0)]
    if verdict.explanation:
        rows.append(Row("", "", words("trace.explanation", text=verdict.explanation), Mark.NOTE))
    return tuple(row._replace(key=f"{key}{number}") for number, row in enumerate(rows))


@lru_cache(maxsize=128)
def _folded_away(same: _Same, words: Words) -> int:
    return max(len(trace_rows(same.verdict, words)) - len(path_rows(same.verdict, words, "")) - 1, 0)


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
