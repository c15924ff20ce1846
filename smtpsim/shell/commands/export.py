""":export ADDRESS FILE|DIR/: a mailbox as files that other mail programs read, mbox or Maildir."""

from __future__ import annotations

import os

from smtpsim.message.export import mbox
from smtpsim.session.change import Wrong
from smtpsim.session.opened import addresses, find_mailbox
from smtpsim.shell.answer import Answer, Grant, Told, WriteFile, WriteFolder
from smtpsim.shell.command import Command
from smtpsim.shell.mailbox_files import is_maildir, oldest_first, write_maildir
from smtpsim.shell.place import Place
from smtpsim.views.row import Mark


def _run(place: Place, argument: str) -> Answer:
    address, _, file = argument.partition(" ")
    path = os.path.expanduser(file.strip()) if place.on_disk else file.strip()
    if not path:
        return Told("mail.export-missing", mark=Mark.BAD)
    mailbox = find_mailbox(place.simulation.world, address)
    if isinstance(mailbox, Wrong):
        return mailbox
    mails = oldest_first(mailbox)

    def done() -> Told:
        return Told("mail.export-done", {"count": len(mails), "file": path}, Mark.GOOD)

    if place.on_disk and is_maildir(path):
        return WriteFolder(path, lambda folder: write_maildir(folder, mailbox.name, mails), done)
    return WriteFile(path, lambda: mbox(mails), done)


COMMAND = Command(
    "export",
    _run,
    ":export test@hogefuga.com mail.mbox",
    lambda place: addresses(place.simulation.world),
    frozenset({Grant.WRITE}),
)
