""":recover: the session that was cut off, from its journal."""

from __future__ import annotations

from smtpsim.app.repl.journal import lost
from smtpsim.app.repl.leaving import before_losing
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.playing import play_file
from smtpsim.app.repl.state import State


def _run(state: State, argument: str) -> None:
    path = lost()
    if path:
        before_losing(state, "repl.ask-open", lambda state: play_file(state, path))
    else:
        state.tell("command.recover-none")


ORDER = Order("recover", _run)
