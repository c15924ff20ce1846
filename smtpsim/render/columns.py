"""A small table as plain text: each column as wide as its widest cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smtpsim.render.cells import padded, width

_GAP = "  "


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; its first row is the head, underlined. Cells that are numbers stand at the right."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    yield _line(rows[0], widths)
    yield _GAP.join("─" * columns for columns in widths)
    yield from (_line(row, widths) for row in rows[1:])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(_cell(text, columns) for text, columns in zip(row, widths, strict=True)).rstrip()


def _cell(text: str, columns: int) -> str:
    return " " * (columns - width(text)) + text if text.isdecimal() else padded(text, columns)
