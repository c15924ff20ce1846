"""The two halves as prompt_toolkit controls: each shows the part of a text that its viewport has scrolled to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from prompt_toolkit.layout.controls import UIContent, UIControl
from prompt_toolkit.mouse_events import MouseEvent, MouseEventType

from smtpsim.app.tui.viewport import Frame, Place, Text, Viewport
from smtpsim.render.fragments import Fragments, line_fragments, section_fragments
from smtpsim.render.theme import CHANGED
from smtpsim.views.dialogue import Log
from smtpsim.views.row import Panel, Section

WHEEL = 3
"""Rows that one notch of the mouse wheel scrolls."""


ABOVE = 2
"""Rows left in sight above what has changed: most often the head of its section."""

BELOW = 3
"""Rows left in sight below it, since a row may take several."""


Placed = Callable[[list[Fragments], int], list[Fragments]]
"""Puts rows into so many, where they are fewer."""


def at_top(rows: list[Fragments], height: int) -> list[Fragments]:
    return rows


def at_bottom(rows: list[Fragments], height: int) -> list[Fragments]:
    return [*[[] for _ in range(height - len(rows))], *rows]


class Subject(NamedTuple):
    """What a pane shows. When `identity` becomes another thing, scrolling starts anew; `text` lays it out for so
    many columns, `head` is the line above it, and `placed` says where a text stands that is shorter than the pane."""

    identity: Callable[[], object]
    text: Callable[[int], Text]
    head: Callable[[Viewport, int], Fragments]
    placed: Placed = at_top


class Still:
    """Gives the same content as long as the rows are the same, so that its window need not be drawn anew."""

    def __init__(self) -> None:
        self._rows: list[Fragments] | None = None
        self._content: UIContent | None = None

    def content(self, rows: list[Fragments]) -> UIContent:
        if self._content is None or rows != self._rows:
            self._rows = rows
            self._content = UIContent(lambda row: rows[row], line_count=len(rows), show_cursor=False)
        return self._content


class Pane(UIControl):
    """One half of the screen. `chosen` is called when it is clicked."""

    def __init__(self, subject: Subject, chosen: Callable[[], None]) -> None:
        self.viewport = Viewport()
        self._subject, self._chosen = subject, chosen
        self._seen: object = None
        self._still = Still()

    def create_content(self, width: int, height: int | None) -> UIContent:
        identity = self._subject.identity()
        if identity is not self._seen:
            self._seen = identity
            self.viewport.follow()
        room = max((height or 1) - 1, 1)
        rows = self._subject.placed(self.viewport.show(Frame(self._subject.text(width), width, room)), room)
        rows.insert(0, self._subject.head(self.viewport, width))
        return self._still.content(rows)

    def mouse_handler(self, mouse_event: MouseEvent) -> object:
        notches = {MouseEventType.SCROLL_UP: -1, MouseEventType.SCROLL_DOWN: 1}
        if mouse_event.event_type in notches:
            self.viewport.scroll(notches[mouse_event.event_type] * WHEEL)
            return None
        if mouse_event.event_type is MouseEventType.MOUSE_UP:
            self._chosen()
            return None
        return NotImplemented


class Lines(UIControl):
    """Lines that are worked out anew for a width."""

    def __init__(self, lines: Callable[[int], list[Fragments]]) -> None:
        self._lines, self._still = lines, Still()

    def create_content(self, width: int, height: int | None) -> UIContent:
        return self._still.content(self._lines(width) or [[]])


class DialogueText:
    """The dialogue: its end is shown as long as nobody scrolls. `over` and `under` count the notes on the last turn
    that are left out, since they are shown as its caption."""

    def __init__(self, log: Log, over: int = 0, under: int = 0) -> None:
        self._log, self._over, self._under = log, over, under

    def __len__(self) -> int:
        return len(self._log) - self._over - self._under

    def rows(self, line: int, columns: int) -> Sequence[Fragments]:
        place = line if line < self._log.latest else line + self._over
        return line_fragments(self._log[place], columns)

    def home(self, columns: int, height: int) -> Place | None:
        return None


class PanelText:
    """A panel or page, drawn once for a width; sections that were drawn for the text `before` are not drawn again. As
    long as nobody scrolls, the section called `focus` is in sight, or else the last that has changed, since what a line
    comes to stands below what it is made of."""

    def __init__(self, panel: Panel, columns: int, focus: str = "", before: PanelText | None = None) -> None:
        self._lines: list[Fragments] = []
        self._focus: range | None = None
        self._news: range | None = None
        self.drawn: dict[int, tuple[Section, list[Fragments]]] = {}
        known = before.drawn if before else {}
        for section in panel.sections:
            start = len(self._lines)
            found = known.get(id(section)) or (section, section_fragments(section, columns))
            self.drawn[id(section)] = found
            self._lines += found[1]
            if focus and section.key == focus:
                self._focus = range(start, len(self._lines))
            if section.digest.changed:
                self._news = range(start, len(self._lines))

    def __len__(self) -> int:
        return len(self._lines)

    def rows(self, line: int, columns: int) -> Sequence[Fragments]:
        return (self._lines[line],)

    def home(self, columns: int, height: int) -> Place | None:
        if self._focus:
            return Place(self._focus.start if self._focus.stop > height else 0)
        news = self._news
        if news is None or news.stop <= height:
            return Place(0)
        return Place(news.stop - height if len(news) <= height else self._first_news(news, height))

    def _first_news(self, news: range, height: int) -> int:
        """Where a section longer than the screen is shown from: its changed rows, and its title if that fits."""
        changed = [number for number in news if self._lines[number] and self._lines[number][0][1] == CHANGED]
        if not changed or changed[-1] + BELOW - news.start < height:
            return news.start
        return max(min(changed[0] - ABOVE, changed[-1] + BELOW - height), news.start)


class Drawn:
    """Remembers the last panel and width, so that a panel is drawn once a turn and not once a key press."""

    def __init__(self) -> None:
        self._key: tuple[Panel, int, str] | None = None
        self._text: PanelText | None = None

    def text(self, panel: Panel, columns: int, focus: str = "") -> PanelText:
        if self._text is None or self._key is None or self._key[0] is not panel or self._key[1:] != (columns, focus):
            before = self._text if self._key and self._key[1] == columns else None
            self._key, self._text = (panel, columns, focus), PanelText(panel, columns, focus, before)
        return self._text
