""":dmarc [DOMAIN]: what the owner of a domain would be told about the mail that names it, or the owners of all."""

from __future__ import annotations

from smtpsim.kernel.domain import a_labels
from smtpsim.shell.answer import Page
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place

_PREFIX = "_dmarc."


def _run(place: Place, argument: str) -> Page:
    from smtpsim.views.dmarc_report import dmarc_report

    world, words, domain = place.simulation.world, place.words, a_labels(argument).lower()
    return Page(lambda unfolded: dmarc_report(world, domain, words))


def _arguments(place: Place) -> tuple[str, ...]:
    """The domains that have a DMARC record."""
    names = place.simulation.world.zones.names()
    return tuple(name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX))


COMMAND = Command("dmarc", _run, ":dmarc example.org", _arguments, pages=True)
