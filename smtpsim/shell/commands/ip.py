""":ip ADDRESS: what if the client came from another IP address? The dialogue stays as it is, and what was looked
up about the client is looked up again."""

from __future__ import annotations

from smtpsim.kernel.ip import normal
from smtpsim.session.change import Wrong, changed
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.command import Command, one_turn
from smtpsim.shell.place import Place
from smtpsim.world.connection import rechecked


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    if not argument:
        return Wrong("ip-missing", {"address": simulation.connection.client_ip})
    address = normal(argument)
    if not address:
        return Wrong("ip-syntax", {"found": argument})
    moved = rechecked(simulation.world, simulation.connection._replace(client_ip=address))
    return changed(simulation, simulation.world, moved)


def _arguments(place: Place) -> tuple[str, ...]:
    """The addresses that have a name in the world."""
    return tuple(sorted({address for host in place.simulation.world.hosts.values() for address in host.addresses}))


COMMAND = Command("ip", one_turn(_run), ":ip 203.0.113.66", _arguments, group="world")
