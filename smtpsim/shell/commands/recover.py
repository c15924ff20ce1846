""":recover: the session that was cut off, from its journal."""

from __future__ import annotations

from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Grant, ReadFile, Told
from smtpsim.shell.command import Command
from smtpsim.shell.commands.open import opened
from smtpsim.shell.paths import keep_lost, lost_journal
from smtpsim.shell.place import Place


def _run(place: Place, argument: str) -> Answer:
    if not place.on_disk:
        return Wrong(f"not-granted-{Grant.DISK}")
    keep_lost()
    path = lost_journal()
    return ReadFile(path, lambda content: opened(place, path, content)) if path else Told("command.recover-none")


COMMAND = Command("recover", _run, ":recover", grants=frozenset({Grant.READ, Grant.DISK}))
