""":quit: leave the program; QUIT is SMTP's own command."""

from __future__ import annotations

from smtpsim.goals.transcript import TRANSCRIPT
from smtpsim.shell.answer import Answer, Leave
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place


def leaving(place: Place) -> Answer:
    """Leave at once, or ask first when something would be lost."""
    return Leave() if _is_noted(place) else place.unless_lost("repl.ask-leave", Leave)


def _is_noted(place: Place) -> bool:
    """Whether the session is a lesson that is done: that it is stands in the course book, and the lines were an
    exercise. What was typed in an exam is handed in."""
    task = place.task
    return place.on_disk and task is not None and task.done and task.told.part != TRANSCRIPT and not task.exam


COMMAND = Command("quit", lambda place, argument: leaving(place), ":quit")
