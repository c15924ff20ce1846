""":hosts [NAME]: who answers where in this world, a line each; or all about one host."""

from __future__ import annotations

from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Page
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.hosts import host_page, hosts


def _run(place: Place, argument: str) -> Answer:
    simulation, words = place.simulation, place.words
    if not argument:
        return Page(lambda unfolded: hosts(simulation, words))
    host = simulation.world.hosts.get(argument.lower().rstrip("."))
    if host is None:
        return Wrong("host-unknown", {"found": argument, "known": ", ".join(_names(place))})
    return Page(lambda unfolded: host_page(host, simulation, words))


def _names(place: Place) -> tuple[str, ...]:
    return tuple(sorted(place.simulation.world.hosts))


COMMAND = Command("hosts", _run, ":hosts", _names, pages=True, group="look")
