""":redo [N]: forward again one step, or N."""

from __future__ import annotations

from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Moved, Told
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place, counted


def _run(place: Place, argument: str) -> Answer:
    count = counted(argument)
    if isinstance(count, Wrong):
        return count
    timeline = place.timeline
    return Moved(timeline.position + min(count, timeline.ahead)) if timeline.ahead else Told("command.redo-none")


COMMAND = Command("redo", _run, ":redo", group="time")
