""":host NAME: another host of the world answers from now on, in a new connection from the same address."""

from __future__ import annotations

from smtpsim.session.command import Command, Wrong, connected
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    known = ", ".join(_arguments(simulation))
    if not argument:
        return Wrong("host-missing", {"known": known})
    host = simulation.world.hosts.get(argument.lower().rstrip("."))
    if host is None:
        return Wrong("host-unknown", {"found": argument, "known": known})
    return connected(simulation, host, simulation.connection.client_ip)


def _arguments(simulation: Simulation) -> tuple[str, ...]:
    return tuple(sorted(simulation.world.hosts))


COMMAND = Command("host", _run, _arguments)
