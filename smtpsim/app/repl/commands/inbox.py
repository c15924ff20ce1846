""":inbox [ADDRESS [NUMBER [source]]]: all mailboxes, the mails in one, one mail as its reader's program shows it, or
as it lies there."""

from __future__ import annotations

from smtpsim.app.repl.order import Order
from smtpsim.app.repl.reading import look
from smtpsim.app.repl.state import State
from smtpsim.session.command import Wrong
from smtpsim.session.opened import find_mailbox, names, open_mail
from smtpsim.views.inbox import inbox, mailboxes
from smtpsim.views.row import Mark
from smtpsim.views.source import source

SOURCE = "source"


def _run(state: State, argument: str) -> None:
    world = state.simulation.world
    address, *more = argument.split() or [""]
    if not address:
        state.open_page(mailboxes(world, state.words))
        return
    if more:
        _mail(state, address, *more)
        return
    mailbox = find_mailbox(world, address)
    if isinstance(mailbox, Wrong):
        state.refuse(mailbox)
    else:
        state.open_page(inbox(mailbox, world.now, state.words))


def _mail(state: State, address: str, wanted: str, form: str = "", *more: str) -> None:
    opened = open_mail(state.simulation.world, address, wanted)
    if more or form not in ("", SOURCE):
        state.tell("command.inbox-form-wrong", Mark.BAD)
    elif isinstance(opened, Wrong):
        state.refuse(opened)
    elif form:
        state.open_page(source(opened, state.words))
    else:
        look(state, opened)


ORDER = Order("inbox", _run, lambda state: names(state.simulation.world))
