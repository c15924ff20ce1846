"""What stands where: both dialogues as far as they were stepped, and below them why, and what is not the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from prompt_toolkit.layout import DynamicContainer, HSplit, Layout
from prompt_toolkit.layout.containers import Window
from prompt_toolkit.layout.controls import FormattedTextControl

from smtpsim.app.tui.bars import key_bar, ruled
from smtpsim.app.tui.beside.state import State
from smtpsim.app.tui.panes import Lines, Pane, Subject
from smtpsim.app.tui.shape import LEAST_COLUMNS, LEAST_ROWS
from smtpsim.app.tui.still import StillWindow
from smtpsim.app.tui.viewport import Place, Viewport
from smtpsim.render.cells import clipped, padded, width
from smtpsim.render.explanation import explained
from smtpsim.render.fragments import Fragments, classed
from smtpsim.render.rows import digest_line
from smtpsim.render.theme import Span, Spans
from smtpsim.render.versus import halves, head, rows_of
from smtpsim.views.explanation import Explanation
from smtpsim.views.versus import differing, told

BAR = (
    ("Space", "next"),
    ("q", "leave"),
    ("\N{LEFTWARDS ARROW}", "previous"),
    ("n", "difference"),
    ("0-9", "jump"),
    ("Home End", "ends"),
    ("PgUp", "scroll"),
)
"""The keys by name, for the key bar: `versus.key-KEY` are their words. What they do is bound in `keys.py`."""

WHY = 4
"""Rows for the words on each side's answer, where there is room."""

WHY_SHARE = 6
"""They take a sixth of the screen at most."""

ROOMY = 16
"""From so many rows on there is also room for what is not the same."""

NOT_SAME_SHARE = 4
"""What is not the same takes a quarter."""

Size = Callable[[], tuple[int, int]]


class Screen:
    """The containers around a state."""

    def __init__(self, state: State, size: Size) -> None:
        self._state, self._size = state, size
        self.pane = Pane(Subject(lambda: state.at, lambda columns: StepsText(state), self._head), lambda: None)

    def layout(self) -> Layout:
        dialogues = StillWindow(self.pane)
        both = HSplit(
            [
                StillWindow(Lines(self._title), height=1, style="class:bar"),
                dialogues,
                StillWindow(Lines(self._why), height=lambda: self._why_rows() + 1),
                StillWindow(Lines(self._not_same), height=lambda: len(self._not_same(self._size()[0]))),
                StillWindow(Lines(self._said), height=1),
                StillWindow(Lines(lambda columns: [key_bar(self._bar(), columns)]), height=1),
            ]
        )
        small = Window(FormattedTextControl(self._too_small), wrap_lines=True)
        return Layout(DynamicContainer(lambda: both if self._fits() else small))

    def _fits(self) -> bool:
        columns, rows = self._size()
        return columns >= LEAST_COLUMNS and rows >= LEAST_ROWS

    def _too_small(self) -> str:
        return self._state.words("repl.too-small", columns=LEAST_COLUMNS, rows=LEAST_ROWS)

    def _title(self, columns: int) -> list[Fragments]:
        state = self._state
        right = state.words("versus.at", at=state.at, last=state.last) + " "
        left = f" smtpsim  {state.words('versus.title')}"
        return [[("class:bar", padded(clipped(left, columns - width(right)), columns - width(right)) + right)]]

    def _head(self, viewport: Viewport, columns: int) -> Fragments:
        return classed(head(self._state.shown, columns, self._state.words))

    def _why_rows(self) -> int:
        return max(min(WHY, self._size()[1] // WHY_SHARE), 1)

    def _why(self, columns: int) -> list[Fragments]:
        """The words on the step of each side, under its dialogue."""
        state, rows = self._state, self._why_rows()
        sides = told(state.shown, state.at, state.words)
        left, right = (_reasons(side, space, rows) for side, space in zip(sides, halves(columns), strict=True))
        space = halves(columns)[0]
        found: list[Fragments] = [ruled(state.words("versus.why"), "", "class:head", columns)]
        for one, other in zip_longest(left, right, fillvalue=()):
            used = sum(width(span.text) for span in one)
            between = Span("rule", " " * (space - used) + " │ ")
            found.append(classed((*one, between, *other)))
        return found

    def _not_same(self, columns: int) -> list[Fragments]:
        """The sections of the panel that differ, a row for each side, in pairs, as many as there is room for."""
        state = self._state
        most = self._size()[1] // NOT_SAME_SHARE // 2 * 2 if self._size()[1] >= ROOMY else 0
        rows = tuple(differing(state.shown, state.at, state.words))[:most]
        if not rows:
            return []
        label = max(width(row.label) for row in rows)
        above = ruled(state.words("versus.behind"), "", "class:head", columns)
        return [above, *(classed(digest_line(row, label, columns)) for row in rows)]

    def _said(self, columns: int) -> list[Fragments]:
        """A message, the digits of a step's number, or what the marks mean."""
        state = self._state
        if state.message:
            return [[("class:warn", clipped(f" {state.message}", columns))]]
        if state.jump:
            return [[("class:ask", clipped(f" {state.words('versus.jump', digits=state.jump)}", columns))]]
        return [[("class:hint", clipped(f" {state.words('versus.legend')}", columns))]]

    def _bar(self) -> list[tuple[str, str]]:
        return [(shown, self._state.words(f"versus.key-{key}")) for shown, key in BAR]


def _reasons(side: Explanation | None, columns: int, rows: int) -> list[Spans]:
    """The words on the answer, without what could be typed next."""
    return [] if side is None else explained(side, columns, rows + 1)[:-1]


class StepsText:
    """The steps of both up to the one that is shown: the end is in sight as long as nobody scrolls."""

    def __init__(self, state: State) -> None:
        self._state = state

    def __len__(self) -> int:
        return self._state.at + 1

    def rows(self, line: int, columns: int) -> Sequence[Fragments]:
        return [classed(spans) for spans in rows_of(self._state.shown, line, columns, self._state.words)]

    def home(self, columns: int, height: int) -> Place | None:
        return None
