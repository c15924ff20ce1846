""":tlsrpt [DOMAIN] [json]: what the owner of a domain would be told of TLS by those who send to it, or the owners of
all; with json the report itself."""

from __future__ import annotations

from smtpsim.kernel.domain import a_labels
from smtpsim.shell.answer import Page
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place

_PREFIX = "_smtp._tls."


def _run(place: Place, argument: str) -> Page:
    from smtpsim.views.tls_report import reports_text, tls_report_page

    named = [word for word in argument.split() if word.lower() != "json"]
    as_json, domain = len(named) < len(argument.split()), a_labels("".join(named[:1])).lower()
    world, words = place.simulation.world, place.words
    written = reports_text(world, domain) if as_json else ""
    return Page(lambda unfolded: tls_report_page(world, domain, as_json, words), document=written)


def _arguments(place: Place) -> tuple[str, ...]:
    """The domains that want reports on TLS."""
    names = [name.removeprefix(_PREFIX) for name in place.simulation.world.zones.names() if name.startswith(_PREFIX)]
    return (*names, *(f"{name} json" for name in names))


COMMAND = Command("tlsrpt", _run, ":tlsrpt clinic.example", _arguments, pages=True)
