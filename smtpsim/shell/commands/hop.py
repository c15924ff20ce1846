""":hop N: the dialogue between two servers; the panel names its number."""

from __future__ import annotations

from smtpsim.session.change import Wrong, number
from smtpsim.shell.answer import Answer, Page
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.hop import hop


def _run(place: Place, argument: str) -> Answer:
    world, words = place.simulation.world, place.words
    wanted = number(argument)
    if not argument:
        return Wrong("hop-missing")
    if wanted is None or wanted not in world.hops:
        return Wrong("hop-unknown", {"found": argument, "count": str(len(world.hops))})
    found = world.hops[wanted]
    return Page(lambda unfolded: hop(found, world, words, unfolded), folds=True)


def _numbers(place: Place) -> tuple[str, ...]:
    return tuple(map(str, sorted(place.simulation.world.hops)))


COMMAND = Command("hop", _run, ":hop 1", _numbers, pages=True, group="look")
