""":theme NAME: the colours of the screen; alone, the next of the themes."""

from __future__ import annotations

from smtpsim.render.theme import THEMES
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Display, Grant
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place


def _run(place: Place, argument: str) -> Answer:
    wanted = argument.lower()
    if wanted and wanted not in THEMES:
        return Wrong("theme-unknown", {"found": argument, "known": ", ".join(THEMES)})
    return Display("theme", wanted)


COMMAND = Command("theme", _run, ":theme light", lambda place: tuple(THEMES), frozenset({Grant.SCREEN}))
