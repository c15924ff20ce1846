""":save [FILE]: the dialogue as a transcript, up to the step that is shown; alone, to the same file again."""

from __future__ import annotations

import os

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import Ask, State
from smtpsim.transcript import write
from smtpsim.transcript.notes import NO_NOTES
from smtpsim.transcript.recording import recorded
from smtpsim.views.row import Mark


def _run(state: State, argument: str) -> None:
    path = os.path.expanduser(argument) or state.file
    if not path:
        state.tell("command.save-missing", Mark.BAD)
    elif os.path.exists(path) and path != state.file:
        state.ask = Ask(state.words("repl.ask-overwrite", file=path), lambda state: _save(state, path))
    else:
        _save(state, path)


def _save(state: State, path: str) -> None:
    title = os.path.splitext(os.path.basename(path))[0]
    try:
        turns, notes = state.timeline.turns, state.notes or NO_NOTES
        _replace(path, write(recorded(turns, title, notes, state.choice.world), "text"))
    except (OSError, ValueError) as wrong:
        state.tell("command.save-failed", Mark.BAD, file=path, reason=getattr(wrong, "strerror", None) or wrong)
        return
    state.file, state.saved = path, state.last
    state.tell("command.save-done", Mark.GOOD, file=path)


def _replace(path: str, content: bytes) -> None:
    """Write beside the file and then in its place, so that a full disk leaves the old one as it was."""
    beside = f"{path}.part"
    with open(beside, "wb") as file:
        file.write(content)
    os.replace(beside, path)


ORDER = Order("save", _run)
