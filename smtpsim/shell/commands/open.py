""":open FILE: play a transcript, a shipped one by its name; the session becomes the one that it tells of."""

from __future__ import annotations

import os

from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Begin, Grant, ReadFile, Told
from smtpsim.shell.chosen_world import SHIPPED_NAME
from smtpsim.shell.command import Command
from smtpsim.shell.opening import Choice
from smtpsim.shell.place import Place
from smtpsim.shell.reading import parsed, shipped_content
from smtpsim.shell.recording import ordering, record
from smtpsim.shell.transcript_tasks import task_in
from smtpsim.transcript import shipped
from smtpsim.transcript.comparison import play
from smtpsim.transcript.files import format_of
from smtpsim.transcript.notes import Notes
from smtpsim.views.row import Mark


def _run(place: Place, argument: str) -> Answer:
    if not argument:
        return Wrong("open-missing")
    path = os.path.expanduser(argument) if place.on_disk else argument
    there = place.on_disk and os.path.exists(path)
    content = None if there else shipped_content(argument)
    if content is None:
        return ReadFile(path, lambda read: opened(place, path, read))
    return opened(place, argument, content)


def opened(place: Place, name: str, content: bytes) -> Answer:
    """Play a transcript in the world that the session began in, and put it in the session's place; a session that is
    not saved is asked about first. Raises Failure for a file that cannot be played."""
    dialogue = parsed(content, name, "", place.words)
    if dialogue.directive("world") not in ("", SHIPPED_NAME) and not place.on_disk:
        return Wrong(f"not-granted-{Grant.DISK}")
    recording = record(name, dialogue, _same_world(place), place.words)
    played = tuple(play(recording.dialogue, recording.first, ordering(recording.name, place.words)))
    told = Told("command.open-done", {"file": name, "count": len(played) - 1}, Mark.GOOD)
    task = task_in(name, recording.dialogue, place.words)
    begun = Begin(tuple(one.turn for one in played), Notes(recording.dialogue, played), told, task)
    return place.unless_lost("repl.ask-open", lambda: begun)


def _same_world(place: Place) -> Choice:
    """What goes for every session of this run; who talks to whom is for the file to say. Without the grant of the
    disk, a transcript cannot name a world there either."""
    return Choice(world=place.choice.world, seed=place.choice.seed)


def _files(place: Place) -> tuple[str, ...]:
    """Transcripts in the current folder by the endings of their names, then those that come with the program."""
    try:
        here = sorted(name for name in os.listdir() if format_of(name)) if place.on_disk else []
    except OSError:
        here = []
    return (*here, *shipped.names())


COMMAND = Command("open", _run, ":open first-mail", _files, frozenset({Grant.READ, Grant.DISK}))
