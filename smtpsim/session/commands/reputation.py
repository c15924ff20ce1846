""":reputation [ACCOUNT]: how a sending service sees its customers. Looking changes nothing."""

from __future__ import annotations

from smtpsim.session.command import Command, Wrong, changed
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn
from smtpsim.world.sending.books import services


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    if not services(simulation.world):
        return Wrong("service-none")
    known = _arguments(simulation)
    if argument and argument.lower() not in known:
        return Wrong("reputation-unknown", {"found": argument, "known": ", ".join(known)})
    return changed(simulation, simulation.world, simulation.connection)


def _arguments(simulation: Simulation) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for host in services(simulation.world) for name in host.sending.accounts))


COMMAND = Command("reputation", _run, _arguments)
