""":wait DURATION: simulated time passes, what waits in queues is tried at its time, and what was looked up
about the client, such as blocklists, is looked up again."""

from __future__ import annotations

import re

from smtpsim.session.command import Command, Wrong, happened
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn
from smtpsim.world.queue import wait
from smtpsim.world.recheck import rechecked
from smtpsim.world.transport import settle

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST = 366 * UNITS["d"]

_DURATION = re.compile(r"(?:\d{1,9}[smhd])+", re.IGNORECASE | re.ASCII)
_PART = re.compile(r"(\d+)([smhd])", re.IGNORECASE | re.ASCII)


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    duration = seconds(argument)
    if not argument:
        return Wrong("wait-missing")
    if duration is None:
        return Wrong("wait-syntax", {"found": argument})
    turn = happened(simulation, wait(simulation.world, duration, settle))
    later = turn.after
    return turn._replace(after=later._replace(connection=rechecked(later.world, later.connection)))


def seconds(text: str) -> int | None:
    """`4h`, `90m`, `1d12h` in seconds; None when it is no duration, or one of more than a year."""
    text = text.replace(" ", "")
    if not _DURATION.fullmatch(text):
        return None
    total = sum(int(number) * UNITS[unit.lower()] for number, unit in _PART.findall(text))
    return total if total <= LONGEST else None


def _arguments(simulation: Simulation) -> tuple[str, ...]:
    return ("30m", "4h", "1d", "5d")


COMMAND = Command("wait", _run, _arguments)
