""":undo [N]: back one step, or N."""

from __future__ import annotations

from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Moved, Told
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place, counted


def _run(place: Place, argument: str) -> Answer:
    count = counted(argument)
    if isinstance(count, Wrong):
        return count
    position = place.timeline.position
    return Moved(max(position - count, 0)) if position else Told("command.undo-none")


COMMAND = Command("undo", _run, ":undo", group="time")
