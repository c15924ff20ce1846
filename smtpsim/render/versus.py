"""Two dialogues laid out in two columns; a mark between them tells where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from smtpsim.explain import Words
from smtpsim.render.cells import clipped, padded, width
from smtpsim.render.dialogue import line_rows
from smtpsim.render.rows import plain, text_of
from smtpsim.render.theme import Span, Spans
from smtpsim.transcript.alignment import Difference
from smtpsim.views.dialogue import Line
from smtpsim.views.versus import Step, Versus, names, summary

BETWEEN = 3
"""Columns between the two: the mark of a difference, and a space on both sides."""

LEAST = 40
"""Columns below which two dialogues cannot be read side by side."""

MARKS = {
    Difference.NONE: Span("rule", "│"),
    Difference.TEXT: Span("rule", "·"),
    Difference.SAID: Span("warn", "~"),
    Difference.ANSWER: Span("bad", "≠"),
}
"""Between the lines of a step that both sides have."""

ALONE = (Span("warn", "›"), Span("warn", "‹"))
"""Between them where only the right, or only the left side has the step."""


def halves(columns: int) -> tuple[int, int]:
    """The columns of each side."""
    left = max(columns - BETWEEN, 2) // 2
    return left, max(columns - BETWEEN, 2) - left


def step_rows(step: Step, columns: int) -> list[Spans]:
    """The rows of a step: each side's lines, and the mark beside the first of them."""
    left, right = halves(columns)
    mark = ALONE[bool(step.left)] if step.difference is Difference.ALONE else MARKS[step.difference]
    rows = []
    for one, other in zip_longest(_rows(step.left, left), _rows(step.right, right), fillvalue=()):
        rows.append((*_filled(one, left), Span("plain", " "), mark, Span("plain", " "), *other))
        mark = MARKS[Difference.NONE]
    return rows


def _rows(lines: Iterable[Line], columns: int) -> Iterator[Spans]:
    return (spans for line in lines for spans in line_rows(line, columns))


def _filled(spans: Spans, columns: int) -> Spans:
    used = sum(width(span.text) for span in spans)
    return *spans, Span("plain", " " * (columns - used))


def head(shown: Versus, columns: int, words: Words) -> Spans:
    """What each side is called."""
    (left, right), (one, other) = halves(columns), names(shown, words)
    return Span("title", padded(clipped(one, left), left)), Span("rule", " │ "), Span("title", clipped(other, right))


def parting_rule(columns: int, words: Words) -> Spans:
    """The line across above the step where the two part."""
    text = f" {words('versus.here')} "
    before = (columns - width(text)) // 2
    return (Span("bad", "━" * before + text + "━" * (columns - before - width(text))),)


def rows_of(shown: Versus, index: int, columns: int, words: Words) -> list[Spans]:
    """The rows of the step with that index, below the line across where the two part there."""
    above = [parting_rule(columns, words)] if index == shown.parting else []
    return [*above, *step_rows(shown.steps[index], columns)]


def versus_lines(shown: Versus, columns: int, words: Words) -> Iterator[str]:
    """Both dialogues from beginning to end as text, and below them what differs first and why."""
    columns = max(columns, LEAST)
    yield text_of(head(shown, columns, words))
    for index in range(len(shown.steps)):
        yield from map(text_of, rows_of(shown, index, columns, words))
    yield ""
    yield from plain(summary(shown, words), columns).splitlines()
