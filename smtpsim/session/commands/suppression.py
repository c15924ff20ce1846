""":suppression: the lists of addresses that sending services do not send to, and how they are used.

:suppression [ADDRESS]     :suppression remove ADDRESS     :suppression mode shared|vendor|account [HOST]
"""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.kernel.address import mailbox_address
from smtpsim.session.command import Command, Wrong, changed
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn
from smtpsim.world.model import World
from smtpsim.world.sending import lists
from smtpsim.world.sending.books import books, services, with_books
from smtpsim.world.sending.lists import MODES

Change = Callable[[Simulation, list[str]], World | Wrong]


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    words = argument.split()
    change = _CHANGES.get(words[0].lower(), _look) if words else _look
    made = change(simulation, words)
    return made if isinstance(made, Wrong) else changed(simulation, made, simulation.connection)


def address_in(argument: str) -> str:
    """The address that the lists are searched for, as they know it; "" for all."""
    return mailbox_address(argument.strip().removeprefix("<").removesuffix(">")) if "@" in argument else ""


def _look(simulation: Simulation, words: list[str]) -> World | Wrong:
    """Looking changes nothing."""
    if not services(simulation.world):
        return Wrong("service-none")
    if words and (len(words) > 1 or "@" not in words[0]):
        return Wrong("suppression-order", {"found": " ".join(words), "known": " ".join(_CHANGES)})
    return simulation.world


def _remove(simulation: Simulation, words: list[str]) -> World | Wrong:
    """Off every list that it is on."""
    if len(words) != 2:
        return Wrong("suppression-remove-incomplete")
    world, address = simulation.world, address_in(words[1])
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


def _arguments(simulation: Simulation) -> tuple[str, ...]:
    listed: dict[str, None] = {}
    for host in services(simulation.world):
        kept = books(simulation.world, host.sending).lists
        listed |= dict.fromkeys(sorted({*kept.shared, *(address for _, address in kept.own)}))
    removals = (f"remove {address}" for address in listed)
    return (*listed, *removals, *(f"mode {mode}" for mode in MODES))


COMMAND = Command("suppression", _run, _arguments)
