""":wait DURATION: simulated time passes, what waits in queues is tried at its time, and what was looked up
about the client, such as blocklists, is looked up again."""

from __future__ import annotations

from smtpsim.kernel.duration import DAY, seconds
from smtpsim.session.change import Wrong, happened
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.command import Command, one_turn
from smtpsim.shell.place import Place
from smtpsim.world.connection import rechecked
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue

LONGEST = 366 * DAY


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    duration = seconds(argument, LONGEST)
    if not argument:
        return Wrong("wait-missing")
    if duration is None:
        return Wrong("wait-syntax", {"found": argument})
    turn = happened(simulation, wait(simulation.world, duration, run_queue))
    later = turn.after
    return turn._replace(after=later._replace(connection=rechecked(later.world, later.connection)))


def _arguments(place: Place) -> tuple[str, ...]:
    return ("30m", "4h", "1d", "5d")


COMMAND = Command("wait", one_turn(_run), ":wait 4h", _arguments, alters=True)
