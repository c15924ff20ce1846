"""The lines below the dialogue: why the last reply came, what was odd, and what can be typed now."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.render.cells import clipped, folded
from smtpsim.render.looks import SYMBOLS, Span, Spans
from smtpsim.views.explanation import Explanation
from smtpsim.views.row import Row

NEXT = "▸"


def explained(told: Explanation, columns: int, lines: int) -> list[Spans]:
    """At most so many lines. What can be typed now is always the last of them."""
    *first, last = [*_why(told, columns), *_next(told.next, columns)]
    return [*first[: lines - 1], last]


def _why(told: Explanation, columns: int) -> Iterator[Spans]:
    for row in (told.why, *told.remarks):
        yield from _row(row, columns)


def _row(row: Row, columns: int) -> Iterator[Spans]:
    text = f"{row.value} ({row.remark})" if row.remark else row.value
    head = f" {SYMBOLS[row.mark]} " + (f"{row.label} " if row.label else "")
    sign = head
    for piece in folded(text, columns - len(head)):
        yield Span(row.mark.value, sign), Span("plain", piece)
        sign = " " * len(head)


def _next(text: str, columns: int) -> Iterator[Spans]:
    yield Span("changed-mark", f" {NEXT} "), Span("next", clipped(text, columns - 3))
