"""What each key does. The work is done by actions on the state; here keys are only bound to them."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import (
    ConditionalKeyBindings,
    KeyBindings,
    KeyBindingsBase,
    merge_key_bindings,
)
from prompt_toolkit.key_binding import KeyPressEvent as Event
from prompt_toolkit.keys import Keys

from smtpsim.app.tui import actions
from smtpsim.app.tui.layout import Screen
from smtpsim.app.tui.line import hint_for
from smtpsim.app.tui.shape import Half
from smtpsim.app.tui.state import State
from smtpsim.protocol.smtp.state import CONTENT_PHASES, Phase
from smtpsim.shell.access import is_secret

After = Callable[[], None]
"""Called when an action may have made turns, or may have decided to leave."""

ORDERS = {
    "f2": ":panel",
    "f3": ":undo",
    "c-z": ":undo",
    "f4": ":redo",
    "c-y": ":redo",
    "f8": ":back",
}
"""Keys that stand for an order."""


def key_bindings(state: State, buffer: Buffer, screen: Screen, after: After) -> KeyBindingsBase:
    """All keys that are not plain editing."""
    bindings = KeyBindings()
    _orders(bindings, state, after)
    _line(bindings, state, buffer, after)
    _completion(bindings, state, buffer)
    _scrolling(bindings, state, screen)
    _unfolding(bindings, state, screen, after)
    _simulator(bindings, state, buffer, after)
    _leaving(bindings, state, buffer, after)
    asking = Condition(lambda: state.ask is not None)
    typing = Condition(lambda: state.ask is None and not state.writing)
    return merge_key_bindings(
        [ConditionalKeyBindings(bindings, typing), ConditionalKeyBindings(_answers(state, after), asking)]
    )


def _orders(bindings: KeyBindings, state: State, after: After) -> None:
    for key, line in ORDERS.items():
        bindings.add(key)(_ordering(state, line, after))

    @bindings.add("f1")
    def _(event: Event) -> None:
        actions.help_on(state)
        after()


def _ordering(state: State, line: str, after: After) -> Callable[[Event], None]:
    def ordered(event: Event) -> None:
        actions.order(state, line)
        after()

    return ordered


def _line(bindings: KeyBindings, state: State, buffer: Buffer, after: After) -> None:
    @bindings.add("enter")
    @bindings.add("c-j")
    def _(event: Event) -> None:
        if buffer.complete_state and buffer.complete_state.current_completion:
            buffer.complete_state = None
            return
        line = buffer.text
        _remember(state, buffer, line)
        buffer.reset()
        actions.send(state, (line,))
        after()

    @bindings.add(Keys.BracketedPaste)
    def _(event: Event) -> None:
        *whole, rest = event.data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if whole:
            before = buffer.document.text_before_cursor
            buffer.reset()
            actions.send(state, (before + whole[0], *whole[1:]))
            after()
        buffer.insert_text(rest)


def _remember(state: State, buffer: Buffer, line: str) -> None:
    """Keep a line in the history; passwords are nobody's business."""
    secret = state.phase is Phase.AUTH or is_secret(state.simulation, line)
    if not secret or state.escaped:
        buffer.history.append_string(f":{line}" if state.escaped and line[:1] != ":" else line)


def _completion(bindings: KeyBindings, state: State, buffer: Buffer) -> None:
    hinted = Condition(lambda: bool(hint_for(state, buffer.document)))

    @bindings.add("right", filter=hinted)
    @bindings.add("c-e", filter=hinted)
    @bindings.add("end", filter=hinted)
    def _(event: Event) -> None:
        buffer.insert_text(hint_for(state, buffer.document))

    @bindings.add("tab")
    def _(event: Event) -> None:
        if buffer.complete_state:
            buffer.complete_next()
        else:
            buffer.start_completion(insert_common_part=True)

    @bindings.add("s-tab")
    def _(event: Event) -> None:
        buffer.complete_previous()


def _scrolling(bindings: KeyBindings, state: State, screen: Screen) -> None:
    @bindings.add("pageup")
    def _(event: Event) -> None:
        screen.viewport.page(-1)

    @bindings.add("pagedown")
    def _(event: Event) -> None:
        screen.viewport.page(1)

    @bindings.add("f6")
    def _(event: Event) -> None:
        state.half = Half.DIALOGUE if state.half is Half.PANEL else Half.PANEL


def _unfolding(bindings: KeyBindings, state: State, screen: Screen, after: After) -> None:
    """The steps of SPF unfold in the panel; where there is no room for that, they are a page."""

    @bindings.add("f7")
    def _(event: Event) -> None:
        actions.order(state, ":fold" if screen.holds_panel or state.page_again else ":spf")
        after()


def _simulator(bindings: KeyBindings, state: State, buffer: Buffer, after: After) -> None:
    """The simulator's prompt: Ctrl-] anywhere, a colon on an empty line outside of letters. There ? is the next hint of
    a lesson."""
    empty = Condition(lambda: not buffer.text)
    commanding = Condition(lambda: not state.escaped and state.phase not in CONTENT_PHASES)
    escaped = Condition(lambda: state.escaped)
    covered = Condition(lambda: bool(state.covered or buffer.complete_state))

    @bindings.add("c-]", eager=True)
    def _(event: Event) -> None:
        actions.escape(state)

    @bindings.add(":", filter=empty & commanding)
    @bindings.add("backspace", filter=empty & escaped)
    def _(event: Event) -> None:
        actions.escape(state)

    @bindings.add("?", filter=empty & commanding & Condition(lambda: state.shell.task is not None))
    def _(event: Event) -> None:
        actions.order(state, ":lesson hint")
        after()

    @bindings.add("escape", filter=covered, eager=True)
    def _(event: Event) -> None:
        if buffer.complete_state:
            buffer.cancel_completion()
        else:
            actions.back(state)


def _leaving(bindings: KeyBindings, state: State, buffer: Buffer, after: After) -> None:
    empty = Condition(lambda: not buffer.text)

    @bindings.add("c-c")
    def _(event: Event) -> None:
        if state.escaped or (buffer.text and state.phase not in CONTENT_PHASES):
            state.escaped = False
        else:
            actions.interrupted(state)
        buffer.reset()

    @bindings.add("q", filter=empty & Condition(lambda: state.reads_page))
    def _(event: Event) -> None:
        actions.back(state)

    @bindings.add("c-d", filter=empty)
    def _(event: Event) -> None:
        actions.leave(state)
        after()


def _answers(state: State, after: After) -> KeyBindings:
    """While something is asked, y is yes; whatever else ends a question is no."""
    bindings = KeyBindings()

    def bind(key: str, yes: bool) -> None:
        @bindings.add(key, eager=True)
        def _(event: Event) -> None:
            actions.answer(state, yes)
            after()

    for key in ("y", "Y"):
        bind(key, True)
    for key in ("n", "N", "enter", "escape", "c-c", "c-d"):
        bind(key, False)
    return bindings
