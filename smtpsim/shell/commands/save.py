""":save [FILE]: the session up to the step that is shown; alone, to the same file again.

The ending of the file's name says as what it is written: a transcript, which can be opened again, or else a page, a
picture, a recording or a handout of it, see `smtpsim.shell.exporting`; that does not count as saved.
"""

from __future__ import annotations

import os

from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Grant, Told, WriteFile
from smtpsim.shell.command import Command
from smtpsim.shell.exporting import Session, known_endings, written
from smtpsim.shell.place import Place
from smtpsim.transcript import write
from smtpsim.transcript.files import format_of
from smtpsim.transcript.format import EVERYTHING
from smtpsim.transcript.notes import NO_NOTES
from smtpsim.transcript.recording import masked_turns, recorded
from smtpsim.views.row import Mark


def _run(place: Place, argument: str) -> Answer:
    path = (os.path.expanduser(argument) if place.on_disk else argument) or place.file
    if not path:
        return Wrong("save-missing")
    form = _transcript(path)
    title = os.path.splitext(os.path.basename(path))[0]
    session = Session(title, place.timeline.turns, place.notes or NO_NOTES, place.choice.world, pupil=place.pupil)

    def content() -> bytes:
        if form:
            return write(recorded(session.turns, session.title, session.notes, session.world, session.pupil), form)
        return written(path, session._replace(turns=tuple(masked_turns(session.turns))), place.words) or b""

    def done() -> Told:
        if form:
            place.kept(path)
        return _told(path, form)

    return WriteFile(path, content, done, own=path == place.file)


def _told(path: str, form: str) -> Told:
    """What the file has become: a name whose ending means nothing may have been meant for something else."""
    if not form:
        return Told("command.save-shown", {"file": path}, Mark.GOOD)
    ending = os.path.splitext(path)[1]
    if not ending or path.lower().endswith(known_endings()):
        return Told("command.save-done", {"file": path}, Mark.GOOD)
    return Told("command.save-as-text", {"file": path, "found": ending, "known": ", ".join(known_endings())}, Mark.WARN)


def _transcript(path: str) -> str:
    """The format of a file that the session can be opened from again, our own form where the name says nothing; ""
    for one that only shows it."""
    form = format_of(path)
    if form and form.keeps == EVERYTHING:
        return form.name
    return "" if path.lower().endswith(known_endings()) else "text"


COMMAND = Command("save", _run, ":save session.txt", grants=frozenset({Grant.WRITE}))
