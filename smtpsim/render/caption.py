"""What stands large and clear: the caption of a step, and the title card of a recording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.render.cells import clipped, folded, padded, width
from smtpsim.render.theme import Span, Spans
from smtpsim.views.card import Card
from smtpsim.views.row import Row

MARGIN = 2
"""Columns on both sides of a caption."""

APART = 3
"""From so many rows on a caption has an empty row above and below it."""

WIDEST = 76
"""Columns of a text in the middle of the screen: longer lines are hard to follow."""


def captioned(texts: Iterable[str], columns: int, most: int) -> list[Spans]:
    """The caption of a step in at most so many rows, as a band across the screen. No texts take no rows."""
    space = columns - 2 * MARGIN
    lines = [line for text in texts for line in folded(text, space)]
    if not lines or most < 1:
        return []
    empty = [""] if most >= APART else []
    shown = [*empty, *_cut(lines, space, most - 2 * len(empty)), *empty]
    margin = " " * MARGIN
    return [(Span("caption", f"{margin}{padded(line, space)}{margin}"),) for line in shown]


def _cut(lines: list[str], columns: int, most: int) -> list[str]:
    """The first lines, with an ellipsis where some are missing."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], clipped(f"{lines[most - 1]} …", columns)]


def carded(card: Card, columns: int, rows: int) -> list[Spans]:
    """The title card in the middle of so many rows. Where they are few, blank lines go first, then the last keys."""
    space = min(columns - 4, WIDEST)
    title = _titled(card.title, space)
    about = [Span("card-about", line) for text in card.about for line in folded(text, space)]
    facts = [Span("plain", line) for line in folded(card.facts, space)]
    keys = list(_keys(card.keys, space))
    for blank in (2, 1, 0):
        blocks = [_centred(part, columns) for part in (title, about, facts) if part] + [_indented(keys, columns)]
        lines = [line for block in blocks for line in (*block, *([()] * blank))][: -blank or None]
        if len(lines) <= rows:
            break
    above = max((rows - len(lines)) // 2, 0)
    return [*([()] * above), *lines][:rows]


def _titled(title: str, columns: int) -> list[Span]:
    """The title between two lines that are somewhat longer."""
    lines = folded(title, columns - 8)
    rule = "━" * (max(map(width, lines)) + 8)
    return [Span("card-rule", rule), *(Span("card-title", line) for line in lines), Span("card-rule", rule)]


def _keys(keys: Iterable[Row], columns: int) -> Iterator[Spans]:
    shown = tuple(keys)
    label = max(width(row.label) for row in shown)
    for row in shown:
        text = clipped(row.value, columns - label - 3)
        yield Span("card-key", padded(row.label, label)), Span("plain", f"   {text}")


def _centred(lines: Iterable[Span], columns: int) -> list[Spans]:
    return [(Span("plain", " " * ((columns - width(text)) // 2)), Span(role, text)) for role, text in lines]


def _indented(lines: list[Spans], columns: int) -> list[Spans]:
    """The lines as one block in the middle."""
    widest = max(sum(width(text) for _, text in spans) for spans in lines)
    return [(Span("plain", " " * ((columns - widest) // 2)), *spans) for spans in lines]
