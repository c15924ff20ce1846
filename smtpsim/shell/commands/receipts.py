""":receipts off|ask|on: what the readers' programs do when a mail asks for a read receipt; off to begin with."""

from __future__ import annotations

from smtpsim.message.receipt_setting import Setting
from smtpsim.session.change import Wrong, happened
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.command import Command, one_turn

CHOICES = tuple(map(str, Setting))


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    wanted = argument.lower()
    if wanted not in CHOICES:
        return Wrong("receipts-missing", {"setting": simulation.world.receipts})
    return happened(simulation, simulation.world._replace(receipts=Setting(wanted)))


COMMAND = Command("receipts", one_turn(_run), ":receipts ask", lambda place: CHOICES, alters=True, group="mail")
