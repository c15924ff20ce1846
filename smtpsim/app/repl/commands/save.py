""":save [FILE]: the session up to the step that is shown; alone, to the same file again.

The ending of the file's name says as what it is written: a transcript, which can be opened again, or else a page, a
picture, a recording or a handout of it, see `app.exporting`; that does not count as saved.
"""

from __future__ import annotations

import os

from smtpsim.app.exporting import Session, known_endings, written
from smtpsim.app.failure import Failure
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import Ask, State
from smtpsim.transcript import Dialogue, write
from smtpsim.transcript.files import format_of
from smtpsim.transcript.format import EVERYTHING
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
    session = Session(title, state.timeline.turns, state.notes or NO_NOTES, state.choice.world)
    form = _transcript(path)
    try:
        made = write(_recorded(session), form) if form else written(path, session, state.words)
        _replace(path, made or b"")
    except (OSError, ValueError, Failure) as wrong:
        state.tell("command.save-failed", Mark.BAD, file=path, reason=getattr(wrong, "strerror", None) or wrong)
        return
    if form:
        state.file, state.saved = path, state.last
    state.tell("command.save-done" if form else "command.save-shown", Mark.GOOD, file=path)


def _transcript(path: str) -> str:
    """The format of a file that the session can be opened from again, our own form where the name says nothing; ""
    for one that only shows it."""
    form = format_of(path)
    if form and form.keeps == EVERYTHING:
        return form.name
    return "" if path.lower().endswith(known_endings()) else "text"


def _recorded(session: Session) -> Dialogue:
    return recorded(session.turns, session.title, session.notes, session.world)


def _replace(path: str, content: bytes) -> None:
    """Write beside the file and then in its place, so that a full disk leaves the old one as it was."""
    beside = f"{path}.part"
    with open(beside, "wb") as file:
        file.write(content)
    os.replace(beside, path)


ORDER = Order("save", _run)
