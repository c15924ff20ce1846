"""The way out, and the question before turns are lost."""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.app.repl.state import Ask, State


def leave(state: State) -> None:
    """Leave at once, or ask first when turns would be lost."""
    before_losing(state, "repl.ask-leave", _go)


def before_losing(state: State, question: str, then: Callable[[State], None]) -> None:
    """Do it at once when every turn is saved, else when the answer to the question is yes."""
    if state.unsaved:
        state.ask = Ask(state.words(question), then)
    else:
        then(state)


def _go(state: State) -> None:
    state.leaving = True
