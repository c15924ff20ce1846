"""What a recording is presented with: its title card, the captions of its steps, and a step for a large room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prompt_toolkit.filters import Condition
from prompt_toolkit.layout import ConditionalContainer, HSplit
from prompt_toolkit.layout.containers import AnyContainer

from smtpsim.app.tui.panes import Lines, Pane, Subject
from smtpsim.app.tui.shape import Body, Shape, most_caption, shape, whole
from smtpsim.app.tui.state import State
from smtpsim.app.tui.still import StillWindow
from smtpsim.app.tui.viewport import Place, Viewport
from smtpsim.render.caption import captioned, carded
from smtpsim.render.fragments import Fragments, classed
from smtpsim.render.slide import slide_lines
from smtpsim.render.theme import Spans
from smtpsim.views.card import KEYS, LOOP_KEYS, card
from smtpsim.views.explanation import Explanation
from smtpsim.views.slide import slide

GREETING = 5
"""Rows below a title card, for the greeting and the line above it."""

_WITHOUT_CAPTION = (Body.CARD, Body.LARGE, Body.NONE)
"""What tells the remark in a place of its own, or has no room for it."""


class Stage:
    """The containers that are shown in the place of dialogue and panel, or beside them."""

    def __init__(self, state: State, size: Callable[[], tuple[int, int]]) -> None:
        self._state, self._size = state, size
        self.large = Pane(Subject(lambda: state.now, self._slide, self._scrolled), lambda: None)

    def shape(self) -> Shape:
        """The division of the screen."""
        state, (columns, rows) = self._state, self._size()
        if state.present is not None and state.present.card:
            return whole(columns, rows, Body.CARD)
        if state.large and not state.page:
            return whole(columns, rows, Body.LARGE)
        return shape(columns, rows, state.showing, state.page is not None, len(self._caption(columns)))

    def caption(self) -> AnyContainer:
        """The remark on the step that is shown, where there is one."""
        there = Condition(lambda: bool(self._state.caption) and self.shape().body not in _WITHOUT_CAPTION)
        window = StillWindow(Lines(self._caption), height=lambda: len(self._caption(self._size()[0])))
        return ConditionalContainer(window, there)

    def caption_rows(self, columns: int) -> int:
        """The rows that the remark takes."""
        return 0 if self.shape().body in _WITHOUT_CAPTION else len(self._caption(columns))

    def card(self, dialogue: AnyContainer) -> AnyContainer:
        """The title, and the dialogue that begins below it."""
        return HSplit([StillWindow(Lines(self._card)), HSplit([dialogue], height=lambda: self._below())])

    def _below(self) -> int:
        return min(GREETING, self._free() // 3)

    def _free(self) -> int:
        return self._size()[1] - self.shape().alone

    def _caption(self, columns: int) -> list[Fragments]:
        return list(map(classed, captioned(self._state.caption, columns, most_caption(self._size()[1]))))

    def _card(self, columns: int) -> list[Fragments]:
        present = self._state.present
        if present is None:
            return []
        shown = card(present.show, self._state.words, LOOP_KEYS if present.pace.loop else KEYS)
        return list(map(classed, carded(shown, columns, self._free() - self._below())))

    def _slide(self, columns: int) -> SlideText:
        state = self._state
        told = state.explanation
        if state.message:
            told = Explanation(state.message, (), told.next)
        shown = slide(state.now, told, state.panel, state.caption, state.words)
        return SlideText(slide_lines(shown, columns, self._free() - 1))

    def _scrolled(self, viewport: Viewport, columns: int) -> Fragments:
        """Whether there is more; else nothing, since a line across would be one thing more to look at."""
        more = [sign for sign, there in (("▴", viewport.above), ("▾", viewport.below)) if there]
        return [("class:head-active", " ".join(more).rjust(columns - 1))]


class SlideText:
    """A step for a large room, from its beginning on."""

    def __init__(self, lines: Sequence[Spans]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    def rows(self, line: int, columns: int) -> Sequence[Fragments]:
        return ([(f"{style} bold", text) for style, text, *_ in classed(self._lines[line])],)

    def home(self, columns: int, height: int) -> Place | None:
        return Place(0)
