""":dmarc [DOMAIN] [xml]: what the owner of a domain would be told about the mail that names it, or the owners of all;
with xml the reports themselves."""

from __future__ import annotations

from smtpsim.kernel.domain import a_labels
from smtpsim.shell.answer import Page
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place

_PREFIX = "_dmarc."


def _run(place: Place, argument: str) -> Page:
    from smtpsim.views.dmarc_report import dmarc_report, reports_text

    named = [word for word in argument.split() if word.lower() != "xml"]
    as_xml, domain = len(named) < len(argument.split()), a_labels("".join(named[:1])).lower()
    world, words = place.simulation.world, place.words
    written = reports_text(world, domain) if as_xml else ""
    return Page(lambda unfolded: dmarc_report(world, domain, as_xml, words), document=written)


def _arguments(place: Place) -> tuple[str, ...]:
    """The domains that have a DMARC record."""
    names = [name.removeprefix(_PREFIX) for name in place.simulation.world.zones.names() if name.startswith(_PREFIX)]
    return (*names, *(f"{name} xml" for name in names))


COMMAND = Command("dmarc", _run, ":dmarc example.org", _arguments, pages=True, group="look")
