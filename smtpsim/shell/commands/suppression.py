""":suppression: the lists of addresses that sending services do not send to, and how they are used.

:suppression [ADDRESS]     :suppression remove ADDRESS     :suppression mode shared|vendor|account [HOST]
"""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.explain import Words
from smtpsim.kernel.address import mailbox_address
from smtpsim.session.change import Wrong, changed
from smtpsim.session.simulation import Simulation
from smtpsim.shell.answer import Answer, Page, Turns
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.suppression import suppression
from smtpsim.world.model import World
from smtpsim.world.sending import lists
from smtpsim.world.sending.books import books, services, with_books
from smtpsim.world.sending.lists import MODES

Change = Callable[[Simulation, list[str]], World | Wrong]


def _run(place: Place, argument: str) -> Answer:
    simulation, parts = place.simulation, argument.split()
    change = _CHANGES.get(parts[0].lower()) if parts else None
    if change is None:
        return _look(place, parts)
    made = change(simulation, parts)
    if isinstance(made, Wrong):
        return made
    return Turns((changed(simulation, made, simulation.connection),), _page(made, "", place.words))


def _page(world: World, address: str, words: Words) -> Page:
    return Page(lambda unfolded: suppression(world, address, words))


def _address_in(argument: str) -> str:
    """The address that the lists are searched for, as they know it; "" for all."""
    return mailbox_address(argument.strip().removeprefix("<").removesuffix(">")) if "@" in argument else ""


def _look(place: Place, parts: list[str]) -> Answer:
    world, argument = place.simulation.world, " ".join(parts)
    if not services(world):
        return Wrong("service-none")
    if parts and (len(parts) > 1 or "@" not in parts[0]):
        return Wrong("suppression-order", {"found": argument, "known": " ".join(_CHANGES)})
    return _page(world, _address_in(argument), place.words)


def _remove(simulation: Simulation, words: list[str]) -> World | Wrong:
    """Off every list that it is on."""
    if len(words) != 2:
        return Wrong("suppression-remove-incomplete")
    world, address = simulation.world, _address_in(words[1])
    for host in services(world):
        kept = books(world, host.sending)
        if lists.names(kept.lists, address):
            world = with_books(world, host.sending, kept._replace(lists=lists.without(kept.lists, address)))
    return Wrong("suppression-not-there", {"found": words[1]}) if world is simulation.world else world


def _mode(simulation: Simulation, words: list[str]) -> World | Wrong:
    """At the host that is named, or else at the one that is talked to."""
    known = {host.name: host for host in services(simulation.world)}
    host = known.get(words[2].lower() if len(words) == 3 else simulation.connection.host.name)
    if len(words) not in (2, 3) or words[1].lower() not in MODES:
        return Wrong("suppression-mode-incomplete", {"known": "|".join(MODES)})
    if host is None:
        return Wrong("suppression-where", {"known": ", ".join(known)})
    kept = books(simulation.world, host.sending)
    return with_books(simulation.world, host.sending, kept._replace(mode=words[1].lower()))


_CHANGES: dict[str, Change] = {"remove": _remove, "mode": _mode}


def _arguments(place: Place) -> tuple[str, ...]:
    listed: dict[str, None] = {}
    for host in services(place.simulation.world):
        kept = books(place.simulation.world, host.sending).lists
        listed |= dict.fromkeys(sorted({*kept.shared, *(address for _, address in kept.own)}))
    removals = (f"remove {address}" for address in listed)
    return (*listed, *removals, *(f"mode {mode}" for mode in MODES))


COMMAND = Command("suppression", _run, ":suppression", _arguments, pages=True, alters=True, group="senders")
