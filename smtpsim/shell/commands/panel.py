""":panel [both|panel|dialogue]: what is shown; alone, the next of the three."""

from __future__ import annotations

from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Display, Grant
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place

CHOICES = ("both", "panel", "dialogue")


def _run(place: Place, argument: str) -> Answer:
    wanted = argument.lower()
    return Display("panel", wanted) if wanted in ("", *CHOICES) else Wrong("panel-unknown")


COMMAND = Command("panel", _run, ":panel dialogue", lambda place: CHOICES, frozenset({Grant.SCREEN}))
