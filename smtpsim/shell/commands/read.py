""":read ADDRESS N [receipt]: somebody opens a mail. Nobody learns of it, unless a read receipt goes out: by itself
where `:receipts on` and the rules allow that, or because of the word `receipt`, which a reader who is asked says."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.message.receipt import Action
from smtpsim.session.change import Wrong, happened
from smtpsim.session.opened import Opened, names, open_mail
from smtpsim.session.simulation import OpenedMail
from smtpsim.shell.answer import Answer, Page, Turns
from smtpsim.shell.command import Command
from smtpsim.shell.place import Place
from smtpsim.views.sections.reader import reader
from smtpsim.world.model import World
from smtpsim.world.receipts import send_receipt
from smtpsim.world.stored import reading_of, seen

RECEIPT = "receipt"


def read(place: Place, argument: str) -> Answer:
    """Open a mail as a step of the session, and show it."""
    world = place.simulation.world
    opened = _opened_by(world, argument)
    if isinstance(opened, Wrong):
        return opened
    mailbox, order, mail = opened
    world = seen(world, mailbox, mail)
    mode = _mode(world, opened, argument.split()[2:] == [RECEIPT])
    about = OpenedMail(mailbox.name, order)
    turn = happened(place.simulation, send_receipt(world, mailbox, mail, mode) if mode else world, about)
    turn = turn._replace(line=f":read {argument}", command="read")
    later = open_mail(turn.after.world, mailbox.name, str(order))
    return Turns((turn,), None if isinstance(later, Wrong) else opened_page(later, place.words))


def _run(place: Place, argument: str) -> Answer:
    """The panel of the step shows the mail by itself."""
    answer = read(place, argument)
    return answer._replace(in_panel=True) if isinstance(answer, Turns) else answer


def opened_page(opened: Opened, words: Words) -> Page:
    """The mail as its reader's program shows it."""
    return Page(lambda unfolded: reader(opened, words))


def _opened_by(world: World, argument: str) -> Opened | Wrong:
    """The mail that is opened by `ADDRESS N`, whether the word `receipt` follows or not."""
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


COMMAND = Command(
    "read", _run, ":read test@hogefuga.com 1", lambda place: names(place.simulation.world), pages=True, group="mail"
)
