"""Lines of the dialogue laid out: the turn's number, who speaks, and the text, wrapped as a terminal wraps."""

from __future__ import annotations

from functools import lru_cache

from smtpsim.render.cells import chopped, folded
from smtpsim.render.theme import SYMBOLS, Span, Spans
from smtpsim.views.dialogue import Line, Speaker
from smtpsim.views.row import Mark

NUMBER = 4
GUTTER = NUMBER + 3
"""Columns before the text: the turn's number, a space, who speaks, a space."""

_SIGNS = {
    Speaker.CLIENT: ">",
    Speaker.LETTER: "│",
    Speaker.SERVER: " ",
    Speaker.SIMULATOR: " ",
    Speaker.NOTE: " ",
}

_ROLES = {
    Speaker.CLIENT: "client",
    Speaker.LETTER: "letter",
    Speaker.SERVER: "server",
    Speaker.SIMULATOR: "simulator",
    Speaker.NOTE: "aside",
}

_SERVER_ROLES = {Mark.WARN: "server-warn", Mark.BAD: "server-bad"}


@lru_cache(maxsize=2048)
def line_rows(line: Line, columns: int) -> tuple[Spans, ...]:
    """The rows that a line takes at a width. What the client typed is cut anywhere, as a terminal does, so that the
    columns of its faults hold; what is said to a reader is broken at spaces."""
    space = max(columns - GUTTER, 1)
    role = _SERVER_ROLES.get(line.mark, _ROLES[line.speaker])
    if line.speaker in (Speaker.SERVER, Speaker.NOTE):
        return tuple((*_gutter(line, not n), Span(role, text)) for n, text in enumerate(folded(line.text, space)))
    rows: list[Spans] = []
    start = 0
    for piece in tuple(chopped(line.text, space)) or ("",):
        inside = {column - 1 - start for column in line.columns}
        rows.append((*_gutter(line, not rows), *_text(piece, role, inside)))
        start += len(piece)
    return tuple(rows)


def _gutter(line: Line, first: bool) -> Spans:
    """The number of the turn, and the sign of who speaks: on a refusal, its mark."""
    if not first:
        return (Span("plain", " " * GUTTER),)
    number = "" if line.turn is None else str(line.turn)
    role = line.mark.value if _refused(line) else _ROLES[line.speaker]
    return Span("number", f"{number:>{NUMBER}} "), Span(role, signed(line)), Span("plain", " ")


def signed(line: Line) -> str:
    """The sign before a line: of who speaks, or the mark of a refusal."""
    return SYMBOLS[line.mark] if _refused(line) else _SIGNS[line.speaker]


def _refused(line: Line) -> bool:
    return line.mark in (Mark.BAD, Mark.WARN)


def _text(text: str, role: str, pointed: set[int]) -> Spans:
    """The text, with the characters underlined that a fault points at."""
    spans, start = [], 0
    for index in sorted(pointed):
        if 0 <= index < len(text):
            spans += [Span(role, text[start:index]), Span("pointed", text[index])]
            start = index + 1
    spans.append(Span(role, text[start:]))
    return tuple(span for span in spans if span.text) or (Span(role, ""),)
