"""What stands where while a mail is written. The division is worked out in `shape.py`; here it becomes containers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from prompt_toolkit.filters import Condition
from prompt_toolkit.layout import ConditionalContainer, DynamicContainer, HSplit, Layout, VSplit
from prompt_toolkit.layout.containers import AnyContainer, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from prompt_toolkit.layout.layout import FocusableElement

from smtpsim.app.tui import bars
from smtpsim.app.tui.form.fields import GUTTER, LABEL, Fields
from smtpsim.app.tui.form.shape import LEAST_ROWS, FormShape, form_shape
from smtpsim.app.tui.form.verdict import verdict
from smtpsim.app.tui.form.written import Written
from smtpsim.app.tui.keymap import Key
from smtpsim.app.tui.panes import Drawn, Lines, Pane, Subject
from smtpsim.app.tui.shape import LEAST_COLUMNS, Shape, Showing, shape
from smtpsim.app.tui.state import State
from smtpsim.app.tui.still import StillWindow
from smtpsim.app.tui.viewport import Viewport
from smtpsim.message.draft import DraftFault
from smtpsim.render.explanation import explained
from smtpsim.render.fragments import Fragments, classed
from smtpsim.session.simulation import client_name
from smtpsim.session.submission import plan as plan_lines
from smtpsim.views.plan import no_plan, plan
from smtpsim.views.row import Panel

BAR = (
    Key("F5", "send"),
    Key("Tab", "next"),
    Key("Esc", "put-away"),
    Key("\N{RIGHTWARDS ARROW}", "take"),
    Key("Space", "switch"),
    Key("PgUp", "scroll"),
)
"""The most needed first: a narrow screen cuts it at the end."""

Size = Callable[[], tuple[int, int]]
"""Gives columns and rows of the terminal."""


class Planned(NamedTuple):
    """The preview, and what it was made from."""

    written: Written | None
    lang: str
    page: Panel


class FormScreen:
    """The containers of the form, and the preview of the dialogue that it makes."""

    def __init__(self, state: State, size: Size) -> None:
        self._state, self._size, self._drawn = state, size, Drawn()
        self.fields = Fields(state)
        self._preview = Pane(
            Subject(self._page, lambda columns: self._drawn.text(self._page(), columns), self._preview_head),
            lambda: None,
        )
        self._planned: Planned | None = None
        self.container = self._made()

    @property
    def viewport(self) -> Viewport:
        """What the page keys scroll."""
        return self._preview.viewport

    def follow(self, layout: Layout, line: FocusableElement) -> None:
        """Put the cursor into the form when it was opened, and back on the line when it was closed."""
        inside = any(layout.has_focus(window) for window in self.fields.windows)
        if self._state.writing and not inside:
            self.fields.fill()
            layout.focus(self.fields.first())
        elif inside and not self._state.writing:
            layout.focus(line)

    @property
    def _shape(self) -> FormShape | None:
        return form_shape(*self._size())

    @property
    def _around(self) -> Shape:
        return shape(*self._size(), Showing.BOTH)

    def _made(self) -> AnyContainer:
        return HSplit(
            [
                self._bar(bars.title, lambda: self._around.title, "class:bar"),
                self._body(),
                StillWindow(Lines(self._verdict), height=lambda: self._around.explanation),
                self._bar(lambda state, columns: self._keys(columns), lambda: self._around.keys),
            ]
        )

    def _body(self) -> AnyContainer:
        form, preview = self._form(), StillWindow(self._preview)
        divider = Window(width=1, char="│", style="class:head")
        beside = VSplit([form, divider, HSplit([preview], width=lambda: self._preview_size()[0])])
        below = HSplit([form, HSplit([preview], height=lambda: self._preview_size()[1])])
        small = Window(FormattedTextControl(self._too_small), wrap_lines=True)

        def chosen() -> AnyContainer:
            found = self._shape
            if found is None:
                return small
            if found.columns:
                return beside
            return below if found.rows else form

        return DynamicContainer(chosen)

    def _preview_size(self) -> tuple[int, int]:
        found = self._shape
        return (found.columns, found.rows) if found else (0, 0)

    def _form(self) -> AnyContainer:
        words = self._state.words
        lines = [VSplit([self._label(name), window]) for name, window in self.fields.lines.items()]
        return HSplit(
            [
                self._head(lambda: words("compose.form")),
                *lines,
                self._head(lambda: words("mail.text")),
                VSplit([Window(width=GUTTER), self.fields.text]),
                VSplit(list(self.fields.choices.values())),
            ]
        )

    def _label(self, name: str) -> Window:
        return Window(FormattedTextControl(lambda: self.fields.label(name)), width=LABEL, height=1)

    def _head(self, title: Callable[[], str]) -> ConditionalContainer:
        def line(columns: int) -> list[Fragments]:
            return [bars.ruled(title(), "", "class:head-active", columns)]

        shown = Condition(lambda: bool(self._shape and self._shape.heads))
        return ConditionalContainer(StillWindow(Lines(line), height=1), shown)

    def _bar(
        self, text: Callable[[State, int], Fragments], rows: Callable[[], int], style: str = ""
    ) -> ConditionalContainer:
        def lines(columns: int) -> list[Fragments]:
            return [text(self._state, columns)]

        return ConditionalContainer(StillWindow(Lines(lines), height=1, style=style), Condition(lambda: bool(rows())))

    def _keys(self, columns: int) -> Fragments:
        return bars.key_bar(((shown, self._state.words(f"compose.bar-{key}")) for shown, key in BAR), columns)

    def _verdict(self, columns: int) -> list[Fragments]:
        told = verdict(self._state.written or Written(), self._state.words)
        return [classed(spans) for spans in explained(told, columns, self._around.explanation)]

    def _page(self) -> Panel:
        """The preview; made anew when something was typed."""
        written, lang = self._state.written, self._state.words.lang
        if self._planned is None or self._planned[:2] != (written, lang):
            self._planned = Planned(written, lang, self._plan(written or Written()))
        return self._planned.page

    def _plan(self, written: Written) -> Panel:
        found = written.draft()
        if isinstance(found, DraftFault):
            return no_plan(self._state.words)
        simulation = self._state.simulation
        lines = plan_lines(simulation, found.draft, client_name(simulation), found.split)
        return plan(lines, found.draft, self._state.words)

    def _preview_head(self, viewport: Viewport, columns: int) -> Fragments:
        more = " ".join(sign for sign, there in (("▴", viewport.above), ("▾", viewport.below)) if there)
        return bars.ruled(self._page().title, more, "class:head", columns)

    def _too_small(self) -> str:
        return self._state.words("repl.too-small", columns=LEAST_COLUMNS, rows=LEAST_ROWS)
