""":bounce ADDRESS N: a filter behind the mailbox gives a mail back, long after SMTP has ended. Return-Path is the only
address that is left for that."""

from __future__ import annotations

from smtpsim.session.change import Wrong, happened
from smtpsim.session.opened import names, open_mail
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.command import Command, one_turn
from smtpsim.shell.place import Place
from smtpsim.world.giving_back import give_back


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    words = argument.split()
    if len(words) != 2:
        return Wrong("bounce-missing")
    opened = open_mail(simulation.world, *words)
    if isinstance(opened, Wrong):
        return opened
    if not opened.mail.return_path:
        return Wrong("bounce-nowhere")
    return happened(simulation, give_back(simulation.world, opened.mailbox, opened.mail))


def _arguments(place: Place) -> tuple[str, ...]:
    return names(place.simulation.world)


COMMAND = Command("bounce", one_turn(_run), ":bounce alice@hogefuga.com 1", _arguments, group="mail")
