""":queue: the mails that wait, and when they are tried again."""

from __future__ import annotations

from smtpsim.shell.answer import Page
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.queue import queue


def _run(place: Place, argument: str) -> Page:
    world, words = place.simulation.world, place.words
    return Page(lambda unfolded: queue(world, words))


COMMAND = Command("queue", _run, ":queue", pages=True, group="look")
