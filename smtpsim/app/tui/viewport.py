"""Which rows of a long text are on the screen. Only the rows that are looked at are ever laid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from smtpsim.render.fragments import Fragments


class Place(NamedTuple):
    """A row: which line it belongs to, and which of that line's rows it is."""

    line: int
    row: int = 0


class Text(Protocol):
    """Lines that take one row or more at a width."""

    def __len__(self) -> int: ...

    def rows(self, line: int, columns: int) -> Sequence[Fragments]: ...

    def home(self, columns: int, height: int) -> Place | None:
        """The first row to show when nobody has scrolled; None for the last page."""


class Frame(NamedTuple):
    """A text at the size at which it is shown."""

    text: Text
    columns: int
    height: int

    def last_page(self) -> Place:
        """The first row of the page that ends with the text."""
        end = Place(len(self.text))
        return self.moved(end, -self.height)

    def top(self, scrolled: Place | None, last: Place | None = None) -> Place:
        """The first row to show; `last` is that of the last page, where it is known already. A place that is too far
        down, after a change of size, is moved up."""
        wanted = scrolled or self.text.home(self.columns, self.height)
        last = last or self.last_page()
        return last if wanted is None else min(wanted, last)

    def moved(self, place: Place, rows: int) -> Place:
        """The place so many rows further down, or up where `rows` is negative; it stops at both ends."""
        return self._down(place, rows) if rows > 0 else self._up(place, -rows)

    def _down(self, place: Place, rows: int) -> Place:
        line, row = place.line, place.row + rows
        while line < len(self.text) and row >= (size := len(self.text.rows(line, self.columns))):
            line, row = line + 1, row - size
        return Place(line, row) if line < len(self.text) else Place(len(self.text))

    def _up(self, place: Place, rows: int) -> Place:
        line, row = place.line, place.row - rows
        while row < 0 and line > 0:
            line -= 1
            row += len(self.text.rows(line, self.columns))
        return Place(line, max(row, 0))

    def shown(self, top: Place) -> list[Fragments]:
        """The rows from `top` on, at most as many as fit."""
        found: list[Fragments] = []
        line, skip = top
        while line < len(self.text) and len(found) < self.height:
            found += self.text.rows(line, self.columns)[skip:]
            line, skip = line + 1, 0
        return found[: self.height]


class Viewport:
    """Where somebody has scrolled to in a text; None as long as nobody has."""

    def __init__(self) -> None:
        self.scrolled: Place | None = None
        self._frame: Frame | None = None
        self._top = self._last = Place(0)

    def show(self, frame: Frame) -> list[Fragments]:
        """The rows to draw; the size is kept, since scrolling is in rows of it."""
        self._frame, self._last = frame, frame.last_page()
        self._top = frame.top(self.scrolled, self._last)
        return frame.shown(self._top)

    def scroll(self, rows: int) -> None:
        """Move by so many rows; at the end the text is followed again as it grows."""
        frame = self._frame
        if frame is None:
            return
        place = frame.moved(frame.top(self.scrolled), rows)
        at_end = place >= frame.last_page() and frame.text.home(frame.columns, frame.height) is None
        self.scrolled = None if at_end else min(place, frame.last_page())

    def page(self, pages: int) -> None:
        """Move by pages; one row of the old page stays in sight."""
        if self._frame is not None:
            self.scroll(pages * max(self._frame.height - 1, 1))

    def follow(self) -> None:
        """Back to where nobody has scrolled."""
        self.scrolled = None

    @property
    def above(self) -> bool:
        """Whether there are rows above the screen as it was shown last."""
        return self._top > Place(0)

    @property
    def below(self) -> bool:
        """Whether there are rows below the screen as it was shown last."""
        return self._top < self._last
