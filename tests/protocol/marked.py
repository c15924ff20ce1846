"""Lines with a caret before each character that a fault points at."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.kernel.fault import Fault


def terminal_capture(text: str) -> tuple[str, list[int]]:
    """The line without its carets, and the columns that they stand for; two carets are two faults at one place."""
    pieces = text.split("^")
    columns, length = [], 0
    for piece in pieces[:-1]:
        length += len(piece)
        columns.append(length + 1)
    return "".join(pieces), columns


def pointed(faults: Iterable[Fault]) -> list[tuple[int, str]]:
    """Columns and keys of faults, from left to right."""
    return sorted(((fault.column, fault.key) for fault in faults), key=lambda found: found[0])
