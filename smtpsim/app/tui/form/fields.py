"""The fields that are typed into: a line each for addresses and subject, the text, and what can be switched on."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.layout.containers import Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput

from smtpsim.app.tui.form.verdict import wrong_field
from smtpsim.app.tui.form.written import CHOICES, LINES, SUBJECT, TEXT, Written
from smtpsim.app.tui.seen import Seen
from smtpsim.app.tui.state import State
from smtpsim.render.fragments import Fragments
from smtpsim.render.theme import SYMBOLS
from smtpsim.session.simulation import Simulation
from smtpsim.shell.hints import addresses
from smtpsim.views.row import Mark

GUTTER = 3
"""Columns for the mark of a fault, with a space at either side."""

LABEL = GUTTER + max(map(len, LINES.values())) + 2
"""Columns before a field: the gutter, the label, and spaces."""


class Fields:
    """The buffers of a form. What is typed is in `state.written` at once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.buffers = {name: self._buffer(name) for name in (*LINES, TEXT)}
        self.lines = {name: Window(self._control(name), height=1) for name in LINES}
        self.text = Window(self._control(TEXT), wrap_lines=True)
        self.choices = {choice: Window(self._choice(choice), height=1) for choice in CHOICES}

    @property
    def windows(self) -> tuple[Window, ...]:
        """All that can be typed into or switched, in the order in which Tab goes through them."""
        return (*self.lines.values(), self.text, *self.choices.values())

    def first(self) -> Window:
        """Where the cursor begins: in the first line that is empty."""
        empty = (window for name, window in self.lines.items() if not self.buffers[name].text)
        return next(empty, self.text)

    def fill(self) -> None:
        """Put in what the form held when it was put away."""
        written = self._state.written or Written()
        for name, buffer in self.buffers.items():
            if buffer.text != written.text(name):
                buffer.document = Document(written.text(name))

    def label(self, name: str) -> Fragments:
        """The label of a line: marked where something is wrong, bright where the cursor is."""
        wrong = wrong_field(self._state.written or Written()) == name
        mark = ("class:bad", f" {SYMBOLS[Mark.BAD]} ") if wrong else ("", " " * GUTTER)
        here = get_app().layout.has_focus(self.lines[name])
        return [mark, ("class:head-active" if here else "class:label", LINES[name])]

    def rest(self, name: str, document: Document) -> str:
        """The grey text behind the cursor: how an address goes on, or what an empty field is for."""
        if not document.text:
            return self._state.words(f"compose.hint-{name}")
        if name in (SUBJECT, TEXT) or not document.is_cursor_at_the_end:
            return ""
        return suggestion(document.text, self._state.simulation)

    def suggested(self) -> str:
        """What the right arrow would put in where the cursor is."""
        for name, window in self.lines.items():
            if get_app().layout.has_focus(window):
                document = self.buffers[name].document
                return self.rest(name, document) if document.text else ""
        return ""

    def _buffer(self, name: str) -> Buffer:
        def changed(buffer: Buffer) -> None:
            self._state.written = (self._state.written or Written()).with_text(name, buffer.text)

        writing = Condition(lambda: self._state.writing)
        return Buffer(name=name, multiline=name == TEXT, read_only=~writing, on_text_changed=changed)

    def _control(self, name: str) -> BufferControl:
        hint = _Rest(lambda document: self.rest(name, document))
        return BufferControl(self.buffers[name], input_processors=[Seen(), hint], focus_on_click=True)

    def _choice(self, choice: str) -> FormattedTextControl:
        """A box that the space bar fills and empties."""

        def text() -> Fragments:
            chosen = self._state.written is not None and choice in self._state.written.chosen
            here = get_app().layout.has_focus(self.choices[choice])
            look = "class:head-active" if here else "class:label"
            box = f"{'x' if chosen else ' '}] {self._state.words(f'compose.choice-{choice}')}"
            return [(look, " ["), ("[SetCursorPosition]", ""), (look, box)]

        return FormattedTextControl(text, focusable=True)


class _Rest(Processor):
    """Puts grey text behind the last line of a buffer."""

    def __init__(self, rest: Callable[[Document], str]) -> None:
        self._rest = rest

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        document, line = transformation_input.document, transformation_input.lineno
        rest = self._rest(document) if line == document.line_count - 1 else ""
        return Transformation([*transformation_input.fragments, ("class:hint", rest)])


def suggestion(text: str, simulation: Simulation) -> str:
    """The rest of the first known address that begins like the last one in the list, "" when there is none."""
    begun = text.rpartition(",")[2].lstrip().rpartition("<")[2].lower()
    if not begun:
        return ""
    found = next((known for known in addresses(simulation) if known.startswith(begun) and known != begun), "")
    return found[len(begun) :]
