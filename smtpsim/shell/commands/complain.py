""":complain ADDRESS [N]: a reader marks a mail as spam, the newest where no number is given. Where it came through a
sending service, the mailbox's provider reports that there."""

from __future__ import annotations

from smtpsim.session.change import Wrong, happened
from smtpsim.session.opened import find_mailbox, names, open_mail
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.command import Command, one_turn
from smtpsim.shell.place import Place
from smtpsim.world.complaint import complain


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    words = argument.split()
    if len(words) not in (1, 2):
        return Wrong("complain-missing")
    mailbox = find_mailbox(simulation.world, words[0])
    if isinstance(mailbox, Wrong):
        return mailbox
    opened = open_mail(simulation.world, mailbox.address, words[1] if words[1:] else str(mailbox.length))
    if isinstance(opened, Wrong):
        return opened
    return happened(simulation, complain(simulation.world, opened.mailbox, opened.mail))


def _arguments(place: Place) -> tuple[str, ...]:
    return names(place.simulation.world)


COMMAND = Command("complain", one_turn(_run), ":complain alice@hogefuga.com", _arguments, group="mail")
