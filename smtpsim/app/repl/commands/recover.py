""":recover: the session that was cut off, from its journal."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.places import keep_lost, lost_journal
from smtpsim.app.repl.playing import open_session
from smtpsim.app.repl.state import State


def _run(state: State, argument: str) -> None:
    keep_lost()
    path = lost_journal()
    if path:
        open_session(state, path)
    else:
        state.tell("command.recover-none")


ORDER = Order("recover", _run)
