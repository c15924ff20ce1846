""":fold [helo|mailfrom|header-from]: unfold the SPF steps in the panel, or fold them again; alone, those of all."""

from __future__ import annotations

from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Answer, Display, Grant
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.trace import ASKED


def _run(place: Place, argument: str) -> Answer:
    wanted = argument.lower()
    if wanted and wanted not in ASKED:
        return Wrong("fold-unknown", {"found": argument, "known": ", ".join(ASKED)})
    return Display("fold", wanted)


COMMAND = Command("fold", _run, ":fold mailfrom", lambda place: ASKED, frozenset({Grant.SCREEN}), group="look")
