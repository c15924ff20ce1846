"""A trace as indented lines of text, in keys rather than words; the steps that decided carry a mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.kernel.dns import Answer, record_text
from smtpsim.kernel.printable import printable
from smtpsim.spf.run import LOOKUP_LIMIT, VOID_LIMIT
from smtpsim.spf.trace import Evaluation, Explanation, Step
from smtpsim.spf.verdict import Verdict


class Line(NamedTuple):
    """One line, safe to show; `depth` counts levels of indentation, `decides` marks the deciding path."""

    depth: int
    text: str
    decides: bool = False

    def __str__(self) -> str:
        return f"{'>' if self.decides else ' '} {'  ' * self.depth}{self.text}"


def trace_lines(verdict: Verdict) -> tuple[Line, ...]:
    """The whole trace, outermost record first."""
    deciding = {id(step) for step in verdict.path}
    lines = [*_evaluation(verdict.trace, 0, deciding)]
    if verdict.explained is not None:
        lines += _explained(verdict.explained)
    return tuple(Line(depth, printable(text), decides) for depth, text, decides in lines)


def _evaluation(evaluation: Evaluation, depth: int, deciding: set[int]) -> Iterator[Line]:
    if evaluation.answer is not None:
        yield _answer(evaluation.answer, depth)
    if evaluation.fault is not None:
        yield Line(depth + 1, f"column {evaluation.fault.column}: {evaluation.fault.key}", True)
    for step in evaluation.steps:
        yield from _step(step, depth + 1, deciding)
    yield Line(depth, f"{evaluation.domain}: {evaluation.result} ({evaluation.reason}) [{evaluation.ref}]")


def _step(step: Step, depth: int, deciding: set[int]) -> Iterator[Line]:
    used = f"{step.lookups}/{LOOKUP_LIMIT} {step.voids}/{VOID_LIMIT}"
    outcome = step.reason if step.result is None else f"{step.result} ({step.reason})"
    text = f"{step.term.column}: {step.term} -> {outcome} {used} [{step.ref}]"
    yield Line(depth, text, id(step) in deciding)
    for answer in step.answers:
        yield _answer(answer, depth + 1)
    if step.nested is not None:
        yield from _evaluation(step.nested, depth + 1, deciding)


def _explained(explained: Explanation) -> Iterator[Line]:
    yield Line(0, f"{explained.term.column}: {explained.term} -> {explained.key} [{explained.term.ref}]")
    for answer in explained.answers:
        yield _answer(answer, 1)
    if explained.text:
        yield Line(1, explained.text)


def _answer(answer: Answer, depth: int) -> Line:
    found = ", ".join(record_text(record) for record in answer.records) or answer.status
    names = " -> ".join((answer.name, *answer.aliases))
    return Line(depth, f"{names} {answer.rdtype}: {found}")
