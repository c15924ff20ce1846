""":read ADDRESS N [receipt]: somebody opens a mail. Nobody learns of it, unless a read receipt goes out: by itself
where `:receipts on` and the rules allow that, or because of the word `receipt`, which a reader who is asked says."""

from __future__ import annotations

from smtpsim.message.receipt import Action
from smtpsim.session.command import Command, Wrong, happened
from smtpsim.session.opened import Opened, names, open_mail
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn
from smtpsim.world.model import World
from smtpsim.world.receipts import send_receipt
from smtpsim.world.stored import reading_of, seen

RECEIPT = "receipt"


def _run(simulation: Simulation, argument: str) -> Turn | Wrong:
    opened = opened_by(simulation.world, argument)
    if isinstance(opened, Wrong):
        return opened
    mailbox, _, mail = opened
    world = seen(simulation.world, mailbox, mail)
    mode = _mode(world, opened, argument.split()[2:] == [RECEIPT])
    return happened(simulation, send_receipt(world, mailbox, mail, mode) if mode else world)


def opened_by(world: World, argument: str) -> Opened | Wrong:
    """The mail that is opened by `ADDRESS N`, the word `receipt` behind it or not."""
    address, wanted, *more = [*argument.split(), "", ""]
    word = " ".join(more).strip()
    if not wanted or word not in ("", RECEIPT):
        return Wrong("read-missing")
    return open_mail(world, address, wanted)


def _mode(world: World, opened: Opened, agreed: bool) -> str:
    """How the receipt comes to be sent (RFC 8098 3.2.6.1), "" when none may go or nobody wants it to."""
    receipt = reading_of(opened.mail).receipt
    if receipt.action(world.receipts) is Action.SEND:
        return "automatic"
    return "manual" if agreed and receipt.allowed else ""


def _arguments(simulation: Simulation) -> tuple[str, ...]:
    return names(simulation.world)


COMMAND = Command("read", _run, _arguments)
