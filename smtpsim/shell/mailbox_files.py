"""Mailboxes written to disk for other mail programs: an mbox file, or a Maildir."""

from __future__ import annotations

import os
from collections.abc import Iterable

from smtpsim.disk.writing import put, refuse_link
from smtpsim.message.export import Stored, maildir, mbox
from smtpsim.session.simulation import Simulation
from smtpsim.views.fate import outcomes_of_mail
from smtpsim.world.mail_access.maildrop import folders
from smtpsim.world.mailbox import Mailbox, folder_of
from smtpsim.world.model import World

FOLDERS = ("tmp", "new", "cur")
"""What makes a folder a Maildir; a mail is written in the first and moved to the second."""


def oldest_first(mailbox: Mailbox) -> tuple[Stored, ...]:
    """The mails of a mailbox in the order in which files hold them."""
    return tuple(mailbox.mails)[::-1]


def delivered_to(simulation: Simulation) -> tuple[Mailbox, ...]:
    """The mailboxes that the last mail, or a bounce of it, was delivered to."""
    known = simulation.world.mailboxes
    addresses = {outcome.mailbox for _, outcome in outcomes_of_mail(simulation) if outcome.mailbox in known}
    return tuple(known[address] for address in sorted(addresses))


def is_maildir(path: str) -> bool:
    """Whether a path means a folder and not a file: it ends with a slash, or is one."""
    return path.endswith(os.sep) or os.path.isdir(path)


def write_mailbox(path: str, mailbox: Mailbox) -> int:
    """Write a mailbox to a Maildir or else to an mbox file; gives the number of mails. Raises OSError."""
    mails = oldest_first(mailbox)
    if is_maildir(path):
        write_maildir(path, mailbox.name, mails)
    else:
        put(path, mbox(mails))
    return len(mails)


def with_folders(world: World, mailbox: Mailbox) -> tuple[Mailbox, ...]:
    """A mailbox, and behind an inbox the other folders of its owner."""
    names = folders(world, mailbox.address)[1:] if not mailbox.folder else ()
    return (mailbox, *(world.mailboxes[folder_of(mailbox.address, name)] for name in names))


def write_maildirs(path: str, mailboxes: Iterable[Mailbox]) -> None:
    """Add mailboxes to a Maildir. A folder beside an inbox, such as the junk, is a Maildir of its own in it, by the
    rule of Maildir++: `.Junk`, `.Sent.2026`."""
    for mailbox in mailboxes:
        own = f".{mailbox.folder.replace('/', '.')}" if mailbox.folder else ""
        write_maildir(os.path.join(path, own), mailbox.name, oldest_first(mailbox))
        if own:
            put(os.path.join(path, own, "maildirfolder"), b"")


def write_maildir(path: str, mailbox: str, mails: Iterable[Stored]) -> None:
    """Add the mails to a Maildir, which is made where there is none; one that is there already is written anew. Raises
    OSError, Unfit among it for a symbolic link."""
    refuse_link(path)
    for folder in FOLDERS:
        os.makedirs(os.path.join(path, folder), exist_ok=True)
    for name, octets in maildir(mails, mailbox):
        unfinished = os.path.join(path, FOLDERS[0], name)
        with open(unfinished, "wb") as file:
            file.write(octets)
        os.replace(unfinished, os.path.join(path, FOLDERS[1], name))
