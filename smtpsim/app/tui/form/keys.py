"""What each key does while a mail is written."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import ConditionalKeyBindings, KeyBindings, KeyBindingsBase
from prompt_toolkit.key_binding import KeyPressEvent as Event
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.containers import Window

from smtpsim.app.tui.form import actions
from smtpsim.app.tui.form.fields import Fields
from smtpsim.app.tui.form.screen import FormScreen
from smtpsim.app.tui.form.verdict import faulty_field
from smtpsim.app.tui.form.written import SUBJECT, TEXT, Written
from smtpsim.app.tui.state import State

After = Callable[[], None]
"""Called when an action may have made turns, or may have closed the form."""


def form_bindings(state: State, screen: FormScreen, after: After) -> KeyBindingsBase:
    """All keys of the form that are not plain editing."""
    bindings = KeyBindings()
    _ending(bindings, state, screen.fields, after)
    _moving(bindings, screen.fields)
    _typing(bindings, screen.fields)
    _switching(bindings, state, screen.fields)
    _scrolling(bindings, screen)
    return ConditionalKeyBindings(bindings, Condition(lambda: state.writing))


def _ending(bindings: KeyBindings, state: State, fields: Fields, after: After) -> None:
    @bindings.add("f5")
    @bindings.add("c-s")
    def _(event: Event) -> None:
        if actions.send(state):
            after()
            return
        wrong = fields.lines.get(faulty_field(state.written or Written()))
        if wrong:
            event.app.layout.focus(wrong)

    @bindings.add("escape", eager=True)
    @bindings.add("c-c")
    def _(event: Event) -> None:
        actions.put_away(state)
        after()


def _moving(bindings: KeyBindings, fields: Fields) -> None:
    in_text = _in(fields.text)

    @bindings.add("tab")
    @bindings.add("enter", filter=~in_text)
    @bindings.add("down", filter=~in_text)
    def _(event: Event) -> None:
        event.app.layout.focus_next()

    @bindings.add("s-tab")
    @bindings.add("up", filter=~in_text)
    def _(event: Event) -> None:
        event.app.layout.focus_previous()

    @bindings.add("enter", filter=in_text)
    def _(event: Event) -> None:
        event.current_buffer.newline(copy_margin=False)


def _typing(bindings: KeyBindings, fields: Fields) -> None:
    suggested = Condition(lambda: bool(fields.suggested()))

    @bindings.add("right", filter=suggested)
    @bindings.add("end", filter=suggested)
    @bindings.add("c-e", filter=suggested)
    def _(event: Event) -> None:
        event.current_buffer.insert_text(fields.suggested())

    @bindings.add(Keys.BracketedPaste)
    def _(event: Event) -> None:
        event.current_buffer.insert_text(pasted(event.current_buffer.name, event.data))


def pasted(name: str, data: str) -> str:
    """Pasted text as a field takes it: in a line for addresses, lines become a list; the subject is one line."""
    text = data.replace("\r\n", "\n").replace("\r", "\n")
    if name == TEXT:
        return text
    joint = " " if name == SUBJECT else ", "
    return joint.join(line.strip() for line in text.split("\n") if line.strip())


def _switching(bindings: KeyBindings, state: State, fields: Fields) -> None:
    for choice, window in fields.choices.items():
        bindings.add("space", filter=_in(window))(_switch(state, choice))


def _switch(state: State, choice: str) -> Callable[[Event], None]:
    def switch(event: Event) -> None:
        state.written = (state.written or Written()).switched(choice)

    return switch


def _scrolling(bindings: KeyBindings, screen: FormScreen) -> None:
    @bindings.add("pageup")
    def _(event: Event) -> None:
        screen.viewport.page(-1)

    @bindings.add("pagedown")
    def _(event: Event) -> None:
        screen.viewport.page(1)


def _in(window: Window) -> Condition:
    """Whether the cursor is there."""
    return Condition(lambda: get_app().layout.has_focus(window))
