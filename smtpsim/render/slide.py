"""A step laid out for a large room: few lines, far apart, nothing dim, and bold what changed."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.render.caption import captioned
from smtpsim.render.cells import folded, width
from smtpsim.render.dialogue import line_rows
from smtpsim.render.rows import digest_line, digest_lines, heading, row_lines
from smtpsim.render.theme import SYMBOLS, Span, Spans
from smtpsim.views.row import Row, Section
from smtpsim.views.slide import Slide

WIDEST = 100
"""Columns of a line; on a wider screen the margin grows."""

MARGIN = 2

MOST_CAPTION = 8
"""Rows of a caption."""

_PLAIN = {"label": "plain", "remark": "plain", "rule": "plain", "aside": "plain", "number": "plain"}
"""What is dim elsewhere."""


def slide_lines(slide: Slide, columns: int, height: int) -> list[Spans]:
    """All lines, as far apart as so many rows allow. Where there is no room for the sections, each is one line."""
    margin = max((columns - WIDEST) // 2, MARGIN)
    space = columns - 2 * margin
    said = list(_said(slide, space))
    whole = [*said, *(list(_section(section, space)) for section in slide.sections)]
    folded_up, short = (
        [*said, [digests(slide.sections, space)]] if slide.sections else said for digests in (_digests, _cut_digests)
    )
    ways = ((whole, 2, 1), (whole, 1, 1), (whole, 1, 0), (folded_up, 2, 1), (folded_up, 1, 0), (short, 1, 0))
    for blocks, between, within in ways:
        lines = _set(blocks, between, within)
        if len(lines) <= height:
            break
    indent = Span("plain", " " * margin)
    return [(indent, *_clear(spans)) if spans else () for spans in lines]


Block = list[list[Spans]]
"""Pieces that belong together, each of lines that nothing comes between."""


def _said(slide: Slide, columns: int) -> Iterator[Block]:
    """The caption, what was said, and the words on it."""
    if slide.caption:
        yield [captioned(slide.caption, columns, MOST_CAPTION)]
    if slide.lines:
        yield [[spans for line in slide.lines for spans in line_rows(line, columns)]]
    if slide.why:
        yield [list(_sentence(row, columns)) for row in slide.why]


def _digests(sections: tuple[Section, ...], columns: int) -> list[Spans]:
    """Each section in a few lines, none of them cut: nobody in the room can scroll."""
    label = max(width(section.digest.label) for section in sections)
    return [spans for section in sections for spans in digest_lines(section.digest, label, columns)]


def _cut_digests(sections: tuple[Section, ...], columns: int) -> list[Spans]:
    """Each section in one line, where there is room for no more."""
    label = max(width(section.digest.label) for section in sections)
    return [digest_line(section.digest, label, columns) for section in sections]


def _set(blocks: list[Block], between: int, within: int) -> list[Spans]:
    lines: list[Spans] = [()] * (between - 1)
    for block in blocks:
        for piece in block:
            lines += piece
            lines += [()] * within
        lines += [()] * (between - within)
    return lines[:-between]


def _sentence(row: Row, columns: int) -> Iterator[Spans]:
    """The mark and the words; the section of the RFC is for those who sit in front of it."""
    head = f"{SYMBOLS[row.mark]} " + (f"{row.label} " if row.label else "")
    for number, piece in enumerate(folded(row.value, columns - len(head))):
        yield Span(row.mark.value, head if not number else " " * len(head)), Span("changed", piece)


def _section(section: Section, columns: int) -> Iterator[list[Spans]]:
    """The title, which stays with its first row, and the rows."""
    head = [heading(section, columns)]
    for lines in row_lines(section, columns):
        yield [*head, *lines]
        head = []


def _clear(spans: Spans) -> Spans:
    return tuple(Span(_PLAIN.get(role, role), text) for role, text in spans)
