""":quit: leave the program; QUIT is SMTP's own command."""

from __future__ import annotations

from smtpsim.shell.answer import Answer, Leave
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place


def leaving(place: Place) -> Answer:
    """Leave at once, or ask first when turns would be lost."""
    return place.unless_lost("repl.ask-leave", Leave)


COMMAND = Command("quit", lambda place, argument: leaving(place), ":quit")
