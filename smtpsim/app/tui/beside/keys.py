"""What each key does while two recordings are stepped through."""

from __future__ import annotations

from collections.abc import Callable

from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding import KeyPressEvent as Event

from smtpsim.app.tui.beside.screen import Screen
from smtpsim.app.tui.beside.state import State


def key_bindings(state: State, screen: Screen) -> KeyBindings:
    """All keys."""
    bindings = KeyBindings()
    acts: dict[str, Callable[[], None]] = {
        "home": lambda: state.goto(0),
        "end": lambda: state.goto(state.last),
        "n": state.difference,
        "pageup": lambda: screen.pane.viewport.page(-1),
        "pagedown": lambda: screen.pane.viewport.page(1),
    }
    acts |= dict.fromkeys(("space", "right", "enter"), lambda: state.goto(state.at + 1))
    acts |= dict.fromkeys(("left", "backspace"), lambda: state.goto(state.at - 1))
    for key, act in acts.items():
        _bind(bindings, key, act)
    for digit in "0123456789":
        _bind_digit(bindings, state, digit)
    for key in ("q", "c-d", "c-c"):
        bindings.add(key)(lambda event: event.app.exit())
    return bindings


def _bind(bindings: KeyBindings, key: str, act: Callable[[], None]) -> None:
    @bindings.add(key)
    def _(event: Event) -> None:
        act()


def _bind_digit(bindings: KeyBindings, state: State, digit: str) -> None:
    _bind(bindings, digit, lambda: state.digit(digit))
