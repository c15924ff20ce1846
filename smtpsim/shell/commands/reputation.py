""":reputation [ACCOUNT]: how a sending service sees its customers. Looking changes nothing."""

from __future__ import annotations

from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Page
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.reputation import reputation
from smtpsim.world.sending.books import services


def _run(place: Place, argument: str) -> Answer:
    world, words, account = place.simulation.world, place.words, argument.lower()
    if not services(world):
        return Wrong("service-none")
    known = _arguments(place)
    if account and account not in known:
        return Wrong("reputation-unknown", {"found": argument, "known": ", ".join(known)})
    return Page(lambda unfolded: reputation(world, account, words))


def _arguments(place: Place) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for host in services(place.simulation.world) for name in host.sending.accounts))


COMMAND = Command("reputation", _run, ":reputation", _arguments, pages=True, group="senders")
