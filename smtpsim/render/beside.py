"""Two sections beside each other where the line is wide enough, else one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from smtpsim.render.cells import padded
from smtpsim.render.rows import laid_out, text_of
from smtpsim.views.row import Section

WIDE = 100
"""Columns from which on there is room for two."""

_BETWEEN = " │ "


def beside(left: Section, right: Section, columns: int) -> Iterator[str]:
    """The lines of both, as plain text, none longer than `columns`."""
    if columns < WIDE:
        for section in (left, right):
            yield from (text_of(spans) for spans in laid_out(section, columns))
        return
    half = (columns - len(_BETWEEN)) // 2
    lines = ([text_of(spans) for spans in laid_out(section, half)] for section in (left, right))
    for one, other in zip_longest(*lines, fillvalue=""):
        yield f"{padded(one, half)}{_BETWEEN}{other}".rstrip()
