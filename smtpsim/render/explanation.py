"""The lines below the dialogue: why the last reply came, what was odd, and what can be typed now."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.render.cells import clipped, folded, width
from smtpsim.render.theme import SYMBOLS, Span, Spans
from smtpsim.views.explanation import Explanation
from smtpsim.views.row import Row

NEXT = "▸"
GUTTER = 3


def explained(told: Explanation, columns: int, lines: int) -> list[Spans]:
    """At most so many lines. What can be typed now is always the last; an ellipsis shows that something is cut."""
    why = list(_why(told, columns))
    if not told.next:
        return why[:lines]
    room = max(lines - 1, 0)
    if len(why) > room > 0:
        why[room - 1] = _cut(why[room - 1], columns)
    return [*why[:room], *_next(told.next, columns)]


def _cut(spans: Spans, columns: int) -> Spans:
    """The line with a sign that more would follow."""
    *head, (role, text) = spans
    used = sum(width(span.text) for span in head)
    return *head, Span(role, clipped(f"{text} …", columns - used))


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
    yield Span("changed-mark", f" {NEXT} "), Span("next", clipped(text, columns - GUTTER))
