""":wait DURATION: simulated time passes, what waits in queues is tried at its time, what was looked up about the
client, such as blocklists, is looked up again, and a server that has heard nothing for long hangs up."""

from __future__ import annotations

from smtpsim.kernel.duration import DAY, seconds
from smtpsim.session.change import Wrong, waited
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.command import Command, one_turn
from smtpsim.shell.place import Place

LONGEST = 366 * DAY


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    duration = seconds(argument, LONGEST)
    if not argument:
        return Wrong("wait-missing")
    if duration is None:
        return Wrong("wait-syntax", {"found": argument})
    return waited(simulation, duration)


def _arguments(place: Place) -> tuple[str, ...]:
    return ("30m", "4h", "1d", "5d")


COMMAND = Command("wait", one_turn(_run), ":wait 4h", _arguments, alters=True, group="time")
