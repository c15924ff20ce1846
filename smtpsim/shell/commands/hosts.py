""":hosts: who answers where in this world."""

from __future__ import annotations

from smtpsim.shell.answer import Page
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.hosts import hosts


def _run(place: Place, argument: str) -> Page:
    simulation, words = place.simulation, place.words
    return Page(lambda unfolded: hosts(simulation, words))


COMMAND = Command("hosts", _run, ":hosts", pages=True)
