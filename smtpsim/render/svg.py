"""A session as a picture: dialogue and panel side by side, below them the words on the last reply. The SVG needs
nothing from outside.

Drawn here and not by rich: its export gives a text of Japanese the room of as many Latin letters, which squeezes it to
half its width.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import zip_longest

from smtpsim.kernel.printable import printable
from smtpsim.render.cells import breakable, width
from smtpsim.render.dialogue import line_rows
from smtpsim.render.explanation import explained
from smtpsim.render.rows import laid_out
from smtpsim.render.theme import THEME, Look, Span, Spans
from smtpsim.views.dialogue import Line
from smtpsim.views.explanation import Explanation
from smtpsim.views.row import Panel

COLUMNS = 124
_DIALOGUE = 60
_GAP = 2
_TOLD = 6
"""Rows for the words on the last reply, at most."""

_CELL, _ROW, _SIZE, _MARGIN = 12, 24, 20, 18
"""Pixels: a cell's width, a row's height, the letters, and around it all. A row is twice as high as a cell is wide."""

_GROUND, _INK, _DIM = "#1b1b1b", "#d9d9d9", "#8a8a8a"
_COLOURS = {
    "": _INK,
    "red": "#ff6b7d",
    "green": "#98e024",
    "yellow": "#fdb44b",
    "blue": "#8aa8ff",
    "magenta": "#e08bff",
    "cyan": "#58d1eb",
    "black": "#000000",
    "white": "#ffffff",
}
"""Each at 4.5:1 or better on the ground (WCAG 2.2, 1.4.3)."""

_PIECES = re.compile(" +|[\\x21-\\x7e]+(?: [\\x21-\\x7e]+)*|[^\\x20-\\x7e]+")
"""Spaces, words of ASCII with single spaces between them, or anything else."""

_FRAME = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>{title}</title>
<rect fill="{ground}" width="{width}" height="{height}" rx="8"/>
<g font-family="{font}" font-size="{size}" style="white-space: pre">
{rows}
</g>
</svg>
"""


def screen_svg(title: str, dialogue: Iterable[Line], panel: Panel, told: Explanation | None = None) -> str:
    """The picture of a dialogue's lines, the panel beside them, and what there is to say of the last of them."""
    left = [spans for each in dialogue for spans in line_rows(each, _DIALOGUE)]
    right = [spans for section in panel.sections for spans in laid_out(section, COLUMNS - _DIALOGUE - _GAP)]
    rows = [_beside(*pair) for pair in zip_longest(left, right, fillvalue=())]
    if told is not None:
        rows += [(), *explained(told, COLUMNS, _TOLD)]
    drawn = (text for number, spans in enumerate(rows) for text in _texts(spans, number))
    return _FRAME.format(
        width=COLUMNS * _CELL + 2 * _MARGIN,
        height=len(rows) * _ROW + 2 * _MARGIN,
        title=escape(printable(title)),
        ground=_GROUND,
        size=_SIZE,
        font="'DejaVu Sans Mono', Menlo, Consolas, 'Noto Sans Mono CJK JP', monospace",
        rows="\n".join(drawn),
    )


def _beside(left: Spans, right: Spans) -> Spans:
    used = sum(width(span.text) for span in left)
    return *left, Span("plain", " " * (_DIALOGUE + _GAP - used)), *right


def _texts(spans: Sequence[Span], number: int) -> Iterator[str]:
    """Each piece at its column, as wide as its columns are. Narrow and wide characters are pieces of their own, so that
    a font whose wide ones are not twice as wide as its narrow ones moves nothing but them."""
    column = 0
    for role, whole in spans:
        for text in _PIECES.findall(breakable(whole)):
            if text.strip(" ") or THEME[role].reverse:
                yield _text(role, text, column, number)
            column += width(text)


def _text(role: str, text: str, column: int, number: int) -> str:
    x, y = _MARGIN + column * _CELL, _MARGIN + number * _ROW + _SIZE - 2
    ground = _ground(THEME[role], x, number, width(text) * _CELL)
    return f'{ground}<text x="{x}" y="{y}" textLength="{width(text) * _CELL}"{_look(THEME[role])}>{escape(text)}</text>'


def _look(look: Look) -> str:
    """A look as attributes of a text."""
    colour = _GROUND if look.reverse else _DIM if look.dim and not look.colour else _COLOURS[look.colour]
    weight = ' font-weight="bold"' if look.bold else ""
    line = ' text-decoration="underline"' if look.underline else ""
    return f' fill="{colour}"{weight}{line}'


def _ground(look: Look, x: int, number: int, columns: int) -> str:
    """What a reversed text stands on."""
    if not look.reverse:
        return ""
    place = f'x="{x}" y="{_MARGIN + number * _ROW}" width="{columns}" height="{_ROW}"'
    return f'<rect {place} fill="{_COLOURS[look.colour]}"/>'
