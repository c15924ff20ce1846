"""What stands where. The division of the screen is worked out in `shape.py`; here it becomes containers."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.filters import Condition
from prompt_toolkit.layout import (
    ConditionalContainer,
    DynamicContainer,
    Float,
    FloatContainer,
    HSplit,
    VSplit,
)
from prompt_toolkit.layout import Layout as Containers
from prompt_toolkit.layout.containers import AnyContainer, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.menus import CompletionsMenu

from smtpsim.app.tui import bars
from smtpsim.app.tui.panes import DialogueText, Drawn, Lines, Pane, Placed, Subject, at_bottom, at_top
from smtpsim.app.tui.presenter.stage import Stage
from smtpsim.app.tui.shape import DIGEST_ROWS, LEAST_COLUMNS, LEAST_ROWS, Body, Half, Shape, shape
from smtpsim.app.tui.state import State
from smtpsim.app.tui.still import StillWindow
from smtpsim.app.tui.viewport import Text, Viewport
from smtpsim.render.cells import width
from smtpsim.render.explanation import explained
from smtpsim.render.fragments import Fragments, classed
from smtpsim.render.rows import digest_line, task_lines
from smtpsim.views.explanation import Explanation
from smtpsim.views.row import Panel
from smtpsim.views.task import TASK

Size = Callable[[], tuple[int, int]]
"""Gives columns and rows of the terminal."""


class Screen:
    """The containers of one application. `form` takes the place of all of them while a mail is written."""

    def __init__(self, state: State, line: BufferControl, size: Size, form: AnyContainer) -> None:
        self._state, self._size, self._drawn, self._form = state, size, Drawn(), form
        self._panes = {
            Half.DIALOGUE: self._pane(Half.DIALOGUE, lambda: state.now, self._dialogue_text, at_bottom),
            Half.PANEL: self._pane(Half.PANEL, self._panel, self._panel_text, at_top),
        }
        self._stage = Stage(state, size)
        self._line = Window(line, height=1)
        self._bodies = self._made()

    @property
    def shape(self) -> Shape:
        return self._stage.shape()

    @property
    def half(self) -> Half:
        """The half that the page keys scroll."""
        return self.shape.scrolled(self._state.half)

    @property
    def holds_panel(self) -> bool:
        """Whether the whole panel is in its place, or would be if no page covered it."""
        columns, rows = self._size()
        return shape(columns, rows, self._state.showing).body in (Body.BESIDE, Body.STACKED, Body.PANEL)

    @property
    def viewport(self) -> Viewport:
        """What the page keys scroll."""
        return (self._stage.large if self.shape.body is Body.LARGE else self._panes[self.half]).viewport

    def layout(self) -> Containers:
        typing = HSplit(
            [
                self._bar(bars.title, "title", "class:bar"),
                HSplit([DynamicContainer(lambda: self._bodies[self.shape.body])], height=self._rows),
                self._stage.caption(),
                self._input(),
                self._text(self._explanation, lambda: self.shape.explanation),
                self._bar(bars.keys, "keys"),
            ]
        )
        root = FloatContainer(
            DynamicContainer(lambda: self._form if self._state.writing else typing),
            [Float(CompletionsMenu(max_height=8, scroll_offset=1), xcursor=True, ycursor=True)],
        )
        return Containers(root, focused_element=self._line)

    def _dialogue_text(self, columns: int) -> Text:
        """A remark that stands in the caption does not stand in the dialogue as well, until the next step."""
        return DialogueText(self._state.log, *map(len, self._state.captions))

    def _panel(self) -> Panel:
        """A page stands in the panel's place."""
        return self._state.page or self._state.panel

    def _panel_text(self, columns: int) -> Text:
        return self._drawn.text(self._panel(), columns, self._state.focus)

    def _pane(self, half: Half, identity: Callable[[], object], text: Callable[[int], Text], placed: Placed) -> Pane:
        def head(viewport: Viewport, columns: int) -> Fragments:
            return bars.head(self._state, half, half is self.half, viewport, columns)

        def choose() -> None:
            self._state.half = half

        return Pane(Subject(identity, text, head, placed), choose)

    def _made(self) -> dict[Body, AnyContainer]:
        left, right = StillWindow(self._panes[Half.DIALOGUE]), StillWindow(self._panes[Half.PANEL])
        divider = Window(width=1, char="│", style="class:head")
        return {
            Body.BESIDE: VSplit(
                [HSplit([left], width=self._left), divider, HSplit([right], width=lambda: self.shape.panel)]
            ),
            Body.STACKED: HSplit([left, HSplit([right], height=lambda: self.shape.panel)]),
            Body.DIGEST: HSplit([left, self._text(self._digest, lambda: self.shape.panel)]),
            Body.PANEL: right,
            Body.DIALOGUE: left,
            Body.CARD: self._stage.card(left),
            Body.LARGE: StillWindow(self._stage.large),
            Body.NONE: Window(FormattedTextControl(self._too_small), wrap_lines=True),
        }

    def _left(self) -> int:
        """The columns of the dialogue beside the panel. prompt_toolkit would find them too, but column by column."""
        return self._size()[0] - self.shape.panel - 1

    def _rows(self) -> int:
        """The rows between the bars and the line that is typed on."""
        columns, rows = self._size()
        found = self.shape
        return max(rows - found.alone - found.explanation - self._stage.caption_rows(columns), 1)

    def _text(self, text: Callable[[int], list[Fragments]], height: Callable[[], int]) -> Window:
        """A window of exactly so many rows, whose text is worked out for its width."""
        return StillWindow(Lines(text), height=height)

    def _bar(self, text: Callable[[State, int], Fragments], part: str, style: str = "") -> ConditionalContainer:
        def lines(columns: int) -> list[Fragments]:
            return [text(self._state, columns)]

        shown = Condition(lambda: bool(getattr(self.shape, part)))
        return ConditionalContainer(StillWindow(Lines(lines), height=1, style=style), shown)

    def _input(self) -> AnyContainer:
        asking = Window(FormattedTextControl(lambda: bars.question(self._state)), height=1)
        return DynamicContainer(lambda: asking if self._state.ask else self._line)

    def _explanation(self, columns: int) -> list[Fragments]:
        state = self._state
        told = state.explanation
        if state.message:
            told = Explanation(state.message, (), told.next)
        return [classed(spans) for spans in explained(told, columns, self.shape.explanation)]

    def _digest(self, columns: int) -> list[Fragments]:
        """The panel's sections, a row each: above them a task, and of more than there is room for the last ones, where
        the news are."""
        digests = [section.digest for section in self._state.panel.sections]
        task = task_lines(digests.pop(0), columns) if self._state.panel.sections[0].key == TASK else []
        rows = digests[len(task) + 1 - DIGEST_ROWS :]
        label = max(width(row.label) for row in rows)
        head = bars.head(self._state, Half.PANEL, False, Viewport(), columns)
        return [head, *map(classed, task), *(classed(digest_line(row, label, columns)) for row in rows)]

    def _too_small(self) -> str:
        return self._state.words("repl.too-small", columns=LEAST_COLUMNS, rows=LEAST_ROWS)
