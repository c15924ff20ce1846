""":export ADDRESS FILE|DIR/: a mailbox as files that other mail programs read, mbox or Maildir."""

from __future__ import annotations

import os

from smtpsim.app.mailbox_files import is_maildir, write_mailbox
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import Ask, State
from smtpsim.session.command import Wrong
from smtpsim.session.opened import addresses, find_mailbox
from smtpsim.views.row import Mark
from smtpsim.world.model import Mailbox


def _run(state: State, argument: str) -> None:
    address, _, file = argument.partition(" ")
    path = os.path.expanduser(file.strip())
    if not path:
        state.tell("mail.export-missing", Mark.BAD)
        return
    mailbox = find_mailbox(state.simulation.world, address)
    if isinstance(mailbox, Wrong):
        state.refuse(mailbox)
    elif os.path.exists(path) and not is_maildir(path):
        state.ask = Ask(state.words("repl.ask-overwrite", file=path), lambda state: _export(state, mailbox, path))
    else:
        _export(state, mailbox, path)


def _export(state: State, mailbox: Mailbox, path: str) -> None:
    try:
        count = write_mailbox(path, mailbox)
    except OSError as wrong:
        state.tell("command.save-failed", Mark.BAD, file=path, reason=wrong.strerror or wrong)
    else:
        state.tell("mail.export-done", Mark.GOOD, count=count, file=path)


ORDER = Order("export", _run, lambda state: addresses(state.simulation.world))
