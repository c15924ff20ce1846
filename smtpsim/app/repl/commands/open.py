""":open FILE: play a transcript, a shipped one by its name; the session becomes the one that it tells of."""

from __future__ import annotations

import os

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.playing import open_session
from smtpsim.app.repl.state import State
from smtpsim.transcript import shipped
from smtpsim.transcript.files import format_of
from smtpsim.views.row import Mark


def _run(state: State, argument: str) -> None:
    if argument:
        open_session(state, os.path.expanduser(argument))
    else:
        state.tell("command.open-missing", Mark.BAD)


def _files(state: State) -> tuple[str, ...]:
    """Transcripts in the current folder by the endings of their names, then those that come with the program."""
    try:
        here = sorted(name for name in os.listdir() if format_of(name))
    except OSError:
        here = []
    return (*here, *shipped.names())


ORDER = Order("open", _run, _files)
