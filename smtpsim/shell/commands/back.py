""":back: from what was typed beside a recording, to the step where it was left."""

from __future__ import annotations

from smtpsim.shell.answer import Display, Grant
from smtpsim.shell.command import Command

COMMAND = Command(
    "back", lambda place, argument: Display("back"), ":back", grants=frozenset({Grant.SCREEN}), group="time"
)
