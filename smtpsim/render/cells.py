"""Text measured and cut in terminal columns: Japanese takes two, a combining mark none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from wcwidth import wcwidth

_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
_NEVER_FIRST = "、。，．・：；？！）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_NEVER_LAST = "（「『【〈《〔［｛"

_UNIT = re.compile(rf" +|[{_NEVER_LAST}]*[{_WIDE}][{_NEVER_FIRST}]*|[^ {_WIDE}]+[{_NEVER_FIRST}]*")
"""What is not torn apart: a run of spaces, a wide character or a word with the punctuation that clings to it."""


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    return max(0, wcwidth(char))


def width(text: str) -> int:
    """How many columns a text takes."""
    return len(text) if text.isascii() else sum(map(_char_width, text))


def breakable(text: str) -> str:
    """The text with usual spaces for those that no line break tears apart: nothing that is copied should hold them."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def padded(text: str, columns: int) -> str:
    """The text, filled up with spaces to so many columns."""
    return text + " " * (columns - width(text))


def clipped(text: str, columns: int) -> str:
    """The text, cut to so many columns at most, with an ellipsis where something is missing."""
    if width(text) <= columns:
        return text
    piece = next(chopped(text, columns - 1), "")
    return f"{piece}…" if width(piece) < columns else "…"[:columns]


def chopped(text: str, columns: int) -> Iterator[str]:
    """The text in pieces of at most so many columns, cut between any two characters. Nothing for ""; a character
    that is wider than a piece is a piece of its own."""
    start, used = 0, 0
    for index, char in enumerate(text):
        size = _char_width(char)
        if used + size > columns and index > start:
            yield text[start:index]
            start, used = index, 0
        used += size
    if start < len(text):
        yield text[start:]


def folded(text: str, columns: int) -> tuple[str, ...]:
    """The text in lines of at most so many columns, cut at spaces and between wide characters; at least one
    line. Only a word that is longer than a line is torn apart."""
    columns = max(columns, 1)
    if width(text) <= columns:
        return (text.rstrip(" "),)
    lines, line = [], ""
    for unit in _units(text, columns):
        if width(line) + width(unit.rstrip(" ")) <= columns:
            line += unit
        else:
            lines.append(line.rstrip(" "))
            line = unit.lstrip(" ")
    lines.append(line.rstrip(" "))
    return tuple(lines)


def _units(text: str, columns: int) -> Iterator[str]:
    for match in _UNIT.finditer(text):
        unit = match.group()
        if width(unit) <= columns:
            yield unit
        else:
            yield from chopped(unit, columns)
