"""How the screen is divided while a mail is written: worked out from numbers alone."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.app.tui.form.written import LINES
from smtpsim.app.tui.shape import Body, Showing, shape

HEADS = 2
"""A line across above the fields, and one above the text."""

CHOICE_ROWS = 1
LEAST_ROWS = 12
"""With fewer rows there is no room for the fields and a line of text."""

LEAST_TEXT = 3
LEAST_PREVIEW = 4
"""A line across and three lines of the dialogue."""


class FormShape(NamedTuple):
    """`columns` of the preview where it stands beside the form, its `rows` where it stands below; both are 0 where
    there is no room for it. `heads` are the lines across in the form."""

    columns: int
    rows: int
    heads: int


def form_shape(columns: int, rows: int) -> FormShape | None:
    """The division of a screen, None for one that is too small to write on."""
    around = shape(columns, rows, Showing.BOTH)
    if around.body is Body.NONE or rows < LEAST_ROWS:
        return None
    left = rows - around.explanation - around.title - around.keys - len(LINES) - CHOICE_ROWS
    heads = HEADS if left > HEADS + LEAST_TEXT else 0
    if around.body is Body.BESIDE:
        return FormShape(around.panel, 0, heads)
    left -= heads
    return FormShape(0, max(left * 2 // 5, LEAST_PREVIEW) if left >= LEAST_TEXT + LEAST_PREVIEW else 0, heads)
