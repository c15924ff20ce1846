""":inbox [ADDRESS [NUMBER]]: all mailboxes, the mails in one, or one mail as it lies there."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.app.repl.steps import number
from smtpsim.views.inbox import inbox, mail_number, mailboxes, stored_mail
from smtpsim.views.row import Mark
from smtpsim.world.model import Mailbox


def _run(state: State, argument: str) -> None:
    address, _, wanted = argument.partition(" ")
    if not address:
        state.open_page(mailboxes(state.simulation.world, state.words))
        return
    mailbox = _mailbox(state, address.strip("<>").lower())
    if mailbox is None:
        state.tell("command.inbox-unknown", Mark.BAD, found=address, known=", ".join(_addresses(state)))
    elif not wanted.strip():
        state.open_page(inbox(mailbox, state.words))
    else:
        _mail(state, mailbox, wanted.strip())


def _mailbox(state: State, address: str) -> Mailbox | None:
    """The mailbox of an address, or of a local part that only one mailbox has."""
    known = state.simulation.world.mailboxes
    meant = [found for found in known if found in (address, f"{address}@{found.partition('@')[2]}")]
    return known[meant[0]] if len(meant) == 1 else None


def _mail(state: State, mailbox: Mailbox, wanted: str) -> None:
    order = number(wanted)
    mail = None if order is None else mail_number(mailbox, order)
    if order is None or mail is None:
        counted = {"found": wanted, "mailbox": mailbox.address, "count": mailbox.length}
        state.tell("command.inbox-number", Mark.BAD, **counted)
    else:
        state.open_page(stored_mail(mailbox, order, mail, state.words))


def _addresses(state: State) -> tuple[str, ...]:
    return tuple(sorted(state.simulation.world.mailboxes))


ORDER = Order("inbox", _run, _addresses)
