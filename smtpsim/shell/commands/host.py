""":host NAME: another host of the world answers from now on, in a new connection from the same address."""

from __future__ import annotations

from smtpsim.session.change import Wrong, connected
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.command import Command, one_turn
from smtpsim.shell.place import Place


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    known = ", ".join(sorted(simulation.world.hosts))
    if not argument:
        return Wrong("host-missing", {"known": known})
    host = simulation.world.hosts.get(argument.lower().rstrip("."))
    if host is None:
        return Wrong("host-unknown", {"found": argument, "known": known})
    return connected(simulation, host, simulation.connection.client_ip)


def _arguments(place: Place) -> tuple[str, ...]:
    return tuple(sorted(place.simulation.world.hosts))


COMMAND = Command("host", one_turn(_run), ":host mx.hogefuga.com", _arguments, group="mail")
