"""What the keys do while a recording is stepped through. As long as nothing is typed they are the presenter's."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import ConditionalKeyBindings, KeyBindings, KeyBindingsBase, merge_key_bindings
from prompt_toolkit.key_binding import KeyPressEvent as Event

from smtpsim.app.tui import actions
from smtpsim.app.tui.presenter import actions as presenting
from smtpsim.app.tui.presenter.player import Player
from smtpsim.app.tui.state import State

INTERRUPTED = 130
"""The exit status of what was ended by Ctrl-C."""


def present_bindings(state: State, buffer: Buffer, player: Player, after: Callable[[], None]) -> KeyBindingsBase:
    """The presenter's keys, and those of a recording that plays by itself."""
    stepping = Condition(lambda: state.stepping and not (buffer.text or state.escaped or state.ask or state.writing))
    jumping = Condition(lambda: state.present is not None and bool(state.present.jump))
    looping = Condition(lambda: state.present is not None and state.present.pace.loop)
    return merge_key_bindings(
        [
            ConditionalKeyBindings(_steps(state, player, after), stepping),
            ConditionalKeyBindings(_digits(state, after), stepping & jumping),
            ConditionalKeyBindings(_loop(state, player, after), stepping & looping),
        ]
    )


def _steps(state: State, player: Player, after: Callable[[], None]) -> KeyBindings:
    """Forward and back, to a number, and off the recording."""
    bindings = KeyBindings()
    acts: dict[str, Callable[[], None]] = {
        "space": player.forward,
        "right": player.forward,
        "enter": player.forward,
        "left": lambda: actions.order(state, ":undo"),
        "home": lambda: presenting.home(state),
        "end": lambda: presenting.end(state),
        "b": lambda: presenting.branch(state),
        "L": lambda: presenting.toggle_large(state),
        "q": lambda: _quit(state),
    }
    for key, act in acts.items():
        _bind(bindings, key, act, after)
    for digit in "0123456789":
        _bind(bindings, digit, lambda digit=digit: presenting.digit(state, digit), after)  # type: ignore[misc]
    return bindings


def _digits(state: State, after: Callable[[], None]) -> KeyBindings:
    """While a number is typed: it is there already, so that Enter only ends it."""
    bindings = KeyBindings()
    _bind(bindings, "enter", state.uncover, after)
    _bind(bindings, "escape", state.uncover, after)
    _bind(bindings, "backspace", lambda: presenting.shorten(state), after)
    return bindings


def _loop(state: State, player: Player, after: Callable[[], None]) -> KeyBindings:
    """What plays by itself is held, and is ended without a question."""
    bindings = KeyBindings()
    _bind(bindings, "p", player.pause, after)
    _bind(bindings, "q", lambda: _leave(state, 0), after)
    _bind(bindings, "c-c", lambda: _leave(state, INTERRUPTED), after)
    return bindings


def _quit(state: State) -> None:
    """Out of the page that is open, else of the recording."""
    if state.reads_page:
        actions.back(state)
    else:
        actions.leave(state)


def _leave(state: State, status: int) -> None:
    state.leaving, state.status = True, status


def _bind(bindings: KeyBindings, key: str, act: Callable[[], None], after: Callable[[], None]) -> None:
    @bindings.add(key, eager=key == "escape")
    def _(event: Event) -> None:
        act()
        after()
