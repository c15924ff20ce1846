"""How the screen is divided at a size: worked out from numbers alone."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

LEAST_COLUMNS = 40
LEAST_ROWS = 8
SIDE_BY_SIDE = 110
"""From so many columns on the panel stands beside the dialogue."""

NARROWEST_PANEL = 50

PANEL_SHARE = 45
"""It takes so many of a hundred columns,"""

WIDEST_DIALOGUE = 96
"""and what the dialogue does not need."""

DIGEST_ROWS = 6
"""A line across, and a row for each section of the panel."""

CAPTION_SHARE = 4
"""A caption takes a quarter of the rows at most."""

STACKED_BODY = 40
"""From so many rows for both on, the whole panel stands below the dialogue instead of its digest."""


class Showing(StrEnum):
    """What a person chose to see."""

    BOTH = "both"
    PANEL = "panel"
    DIALOGUE = "dialogue"


class Half(StrEnum):
    """The two halves of the screen: the page keys scroll one of them."""

    DIALOGUE = "dialogue"
    PANEL = "panel"


class Body(StrEnum):
    """How dialogue and panel share the screen."""

    BESIDE = "beside"
    STACKED = "stacked"
    DIGEST = "digest"  # the dialogue, and the panel's sections in one row each
    PANEL = "panel"
    DIALOGUE = "dialogue"
    CARD = "card"  # the title of a recording, and its greeting below
    LARGE = "large"  # one step for a large room
    NONE = "none"  # too small for anything


class Shape(NamedTuple):
    """`panel` is the panel's columns beside the dialogue, or its rows below it; the others count rows."""

    body: Body
    panel: int
    explanation: int
    title: int
    keys: int

    @property
    def alone(self) -> int:
        """The rows around what stands alone on the screen: the bars, and the line that is typed on."""
        return self.title + self.keys + 1

    def scrolled(self, chosen: Half) -> Half:
        """The half that the page keys scroll: the one that was chosen, where both can be scrolled."""
        return {Body.PANEL: Half.PANEL, Body.DIALOGUE: Half.DIALOGUE, Body.DIGEST: Half.DIALOGUE}.get(self.body, chosen)


NOTHING = Shape(Body.NONE, 0, 0, 0, 0)


def shape(columns: int, rows: int, showing: Showing, paging: bool = False, caption: int = 0) -> Shape:
    """The division of a screen. While a page (help, an inbox) is open, a small screen shows nothing else; `caption`
    rows are kept for the remark on a step."""
    if columns < LEAST_COLUMNS or rows < LEAST_ROWS:
        return NOTHING
    explanation = _explanation(columns, rows)
    title, keys = _bars(rows)
    body = rows - explanation - title - keys - 1 - caption
    found = _body(columns, body, showing, paging)
    return Shape(found, _panel(found, columns, body), explanation, title, keys)


def whole(columns: int, rows: int, body: Body) -> Shape:
    """The division of a screen on which one thing stands alone between the bars."""
    return NOTHING if columns < LEAST_COLUMNS or rows < LEAST_ROWS else Shape(body, 0, 0, *_bars(rows))


def most_caption(rows: int) -> int:
    """The rows that a caption may take."""
    return rows // CAPTION_SHARE


def _bars(rows: int) -> tuple[int, int]:
    """Whether there is room for the title and for the keys."""
    return int(rows >= 12), int(rows >= 10)


def _explanation(columns: int, rows: int) -> int:
    """Rows for why the reply came and what is next: a narrow screen breaks a sentence in two."""
    wanted = 4 if columns >= SIDE_BY_SIDE else 5
    return next(lines for least, lines in ((24, wanted), (20, 4), (14, 3), (0, 2)) if rows >= least)


def _body(columns: int, body: int, showing: Showing, paging: bool) -> Body:
    if showing is Showing.PANEL:
        return Body.PANEL
    if columns >= SIDE_BY_SIDE and (showing is Showing.BOTH or paging):
        return Body.BESIDE
    if paging:
        return Body.PANEL
    if showing is Showing.DIALOGUE:
        return Body.DIALOGUE
    if body >= STACKED_BODY:
        return Body.STACKED
    return Body.DIGEST if body >= 2 * DIGEST_ROWS else Body.DIALOGUE


def _panel(body: Body, columns: int, rows: int) -> int:
    if body is Body.BESIDE:
        return max(NARROWEST_PANEL, columns * PANEL_SHARE // 100, columns - WIDEST_DIALOGUE)
    return {Body.STACKED: rows * 6 // 10, Body.DIGEST: DIGEST_ROWS}.get(body, 0)
