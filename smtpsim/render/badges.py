"""Short facts laid out side by side: as many in a line as fit, none of them torn apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.render.cells import clipped, width
from smtpsim.render.theme import SYMBOLS, Span, Spans, badge_role
from smtpsim.views.row import Badge, Mark

GAP = "  "


def badge_lines(badges: Iterable[Badge], columns: int) -> Iterator[Spans]:
    """Lines of at most so many columns; a badge that is longer than a line is cut."""
    line: Spans = ()
    for badge in badges:
        spans = _badge(badge, columns)
        if line and _width(line) + len(GAP) + _width(spans) > columns:
            yield line
            line = ()
        line = (*line, Span("plain", GAP), *spans) if line else spans
    if line:
        yield line


def badges_cut(badges: Iterable[Badge], columns: int) -> Spans:
    """One line of at most so many columns, with an ellipsis where badges are missing."""
    first, *more = badge_lines(badges, columns)
    if not more:
        return first
    first, *_ = badge_lines(badges, columns - 2)
    return *first, Span("plain", " …")


def _badge(badge: Badge, columns: int) -> Spans:
    """The label, and the value on the ground of its mark, the mark before it."""
    role = badge_role(badge.mark)
    sign = "" if badge.mark is Mark.NONE else f"{SYMBOLS[badge.mark]} "
    spans = Span("label", f"{badge.label} "), Span(role, f"{sign}{badge.value}")
    if _width(spans) <= columns:
        return spans
    return (Span(role, clipped(f"{sign}{badge.label} {badge.value}", columns)),)


def _width(spans: Spans) -> int:
    return sum(width(span.text) for span in spans)
