""":spf: how the SPF verdicts were reached, query by query and term by term; once more, and the page is closed.

:spf                             those of this connection
:spf IP ADDRESS [HELO]           that of another client and envelope sender, in this world
"""

from __future__ import annotations

from smtpsim.kernel.ip import normal
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Page, Told
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.tracing import spf_trace_of, spf_traces


def _run(place: Place, argument: str) -> Answer:
    return _asked(place, argument.split()) if argument else _connection(place)


def _connection(place: Place) -> Page | Told:
    page = spf_traces(place.simulation, place.words)
    return Told("command.spf-none") if page is None else Page(lambda unfolded: page, toggles=True)


def _asked(place: Place, typed: list[str]) -> Page | Wrong:
    """The verdict on a client and a sender that are named; nothing of the session is changed."""
    from smtpsim.spf import check_host, mail_from_identity

    if len(typed) not in (2, 3):
        return Wrong("spf-incomplete", {"found": " ".join(typed)})
    ip, sender = normal(typed[0]), typed[1].removeprefix("<").removesuffix(">")
    if not ip:
        return Wrong("ip-syntax", {"found": typed[0]})
    helo = typed[2] if typed[2:] else sender.rpartition("@")[2]
    if not helo:
        return Wrong("spf-no-identity")
    world, words, identity = place.simulation.world, place.words, mail_from_identity(sender, helo)
    verdict = check_host(ip, identity.domain, identity.sender, helo, world.zones, now=world.now)
    return Page(lambda unfolded: spf_trace_of(verdict, world.zones, ip, words), toggles=True)


COMMAND = Command("spf", _run, ":spf", pages=True, group="look")
