""":spf: how the SPF verdicts were reached, query by query and term by term; once more, and the page is closed."""

from __future__ import annotations

from smtpsim.shell.answer import Page, Told
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.tracing import spf_traces


def _run(place: Place, argument: str) -> Page | Told:
    page = spf_traces(place.simulation, place.words)
    return Told("command.spf-none") if page is None else Page(lambda unfolded: page, toggles=True)


COMMAND = Command("spf", _run, ":spf", pages=True)
