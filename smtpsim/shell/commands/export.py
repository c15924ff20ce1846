""":export ADDRESS FILE|DIR/: a mailbox as files that other mail programs read, mbox or Maildir."""

from __future__ import annotations

import os

from smtpsim.message.export import mbox
from smtpsim.session.change import Wrong
from smtpsim.session.opened import addresses, find_mailbox
from smtpsim.shell.answer import Answer, Grant, Told, WriteFile, WriteFolder
from smtpsim.shell.command import Command
from smtpsim.shell.mailbox_files import is_maildir, oldest_first, with_folders, write_maildir, write_maildirs
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
    as_folder = place.on_disk and is_maildir(path)
    chosen = with_folders(place.simulation.world, mailbox) if as_folder and not mailbox.folder else (mailbox,)

    def done() -> Told:
        count = sum(one.length for one in chosen)
        return Told("mail.export-done", {"count": count, "file": path}, Mark.GOOD)

    if not as_folder:
        return WriteFile(path, lambda: mbox(oldest_first(mailbox)), done)
    if mailbox.folder:
        return WriteFolder(path, lambda folder: write_maildir(folder, mailbox.name, oldest_first(mailbox)), done)
    return WriteFolder(path, lambda folder: write_maildirs(folder, chosen), done)


COMMAND = Command(
    "export",
    _run,
    ":export test@hogefuga.com mail.mbox",
    lambda place: addresses(place.simulation.world),
    frozenset({Grant.WRITE}),
    group="mail",
)
