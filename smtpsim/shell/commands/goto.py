""":goto N: to the step of that number; the greeting is 0."""

from __future__ import annotations

from smtpsim.session.change import Wrong, number
from smtpsim.shell.answer import Answer, Moved
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place


def _run(place: Place, argument: str) -> Answer:
    if not argument:
        return Wrong("goto-missing")
    last = place.timeline.position + place.timeline.ahead
    wanted = number(argument)
    if wanted is None or wanted > last:
        return Wrong("goto-unknown", {"found": argument, "last": str(last)})
    return Moved(wanted)


COMMAND = Command("goto", _run, ":goto 3", group="time")
