""":inbox [ADDRESS [NUMBER [source]]]: all mailboxes, the mails in one, one mail as its reader's program shows it, or
as it lies there. Looking is no step of the session, unless a read receipt goes out because of it."""

from __future__ import annotations

from smtpsim.message.receipt import Action
from smtpsim.session.change import Wrong
from smtpsim.session.opened import Opened, find_mailbox, names, open_mail
from smtpsim.shell.answer import Answer, Page, Question, Told
from smtpsim.shell.command import Command
from smtpsim.shell.commands.read import RECEIPT, opened_page, read
from smtpsim.shell.place import Place
from smtpsim.views.inbox import inbox, mailboxes
from smtpsim.views.receipt import asked_by
from smtpsim.views.source import source
from smtpsim.world.stored import reading_of

SOURCE = "source"


def _run(place: Place, argument: str) -> Answer:
    world, words = place.simulation.world, place.words
    address, *more = argument.split() or [""]
    if not address:
        return Page(lambda unfolded: mailboxes(world, words))
    if more:
        return _mail(place, address, *more)
    mailbox = find_mailbox(world, address)
    return mailbox if isinstance(mailbox, Wrong) else Page(lambda unfolded: inbox(mailbox, world.now, words))


def _mail(place: Place, address: str, wanted: str, form: str = "", *more: str) -> Answer:
    if more or form not in ("", SOURCE):
        return Wrong("inbox-form-wrong")
    words, opened = place.words, open_mail(place.simulation.world, address, wanted)
    if isinstance(opened, Wrong):
        return opened
    return Page(lambda unfolded: source(opened, words)) if form else _look(place, opened)


def _look(place: Place, opened: Opened) -> Answer:
    receipt = reading_of(opened.mail).receipt
    action = receipt.action(place.simulation.world.receipts)
    if action is Action.SEND:
        return read(place, opened.name)
    page = opened_page(opened, place.words)
    if action is not Action.ASK:
        return page
    asked = Told("mail.receipt-ask", {"to": asked_by(receipt)})
    return page._replace(question=Question(asked, lambda: read(place, f"{opened.name} {RECEIPT}")))


COMMAND = Command(
    "inbox", _run, ":inbox test@hogefuga.com", lambda place: names(place.simulation.world), pages=True, group="look"
)
