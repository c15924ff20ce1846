"""A mailbox of the world as POP3 and IMAP see it, and what they do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rpds import List

from smtpsim.protocol.maildrop import FlagsChanged, Mail, Maildrop, MailsRemoved
from smtpsim.world.disposition import JUNK
from smtpsim.world.mailbox import Mailbox, StoredMail, folder_of
from smtpsim.world.model import World

INBOX = "INBOX"

FOLDERS = ("", JUNK)
"""What a mailbox may have: the inbox, and the folder for mail that nobody may want."""


def maildrop(world: World, address: str, folder: str = "") -> Maildrop:
    """The inbox, or another folder, as it is now, oldest mail first; empty where the first mail is still to come."""
    mailbox = world.mailboxes.get(folder_of(address, folder)) or Mailbox(address, "")
    mails = tuple(Mail(mail.uid, mail.octets, mail.flags, mail.arrived) for mail in mailbox.mails)[::-1]
    return Maildrop(folder or INBOX, mails, mailbox.uid_next)


def maildrops(world: World, address: str) -> tuple[Maildrop, ...]:
    """All the folders of one user, the inbox first."""
    there = [folder for folder in FOLDERS if not folder or folder_of(address, folder) in world.mailboxes]
    return tuple(maildrop(world, address, folder) for folder in there)


def applied(world: World, address: str, facts: Iterable[object]) -> World:
    """The world after a session changed a mailbox."""
    for fact in facts:
        change = _CHANGES.get(type(fact))
        if change:
            name = named(address, getattr(fact, "mailbox", INBOX))
            world = world._replace(mailboxes=world.mailboxes.insert(name, change(world.mailboxes[name], fact)))
    return world


def named(address: str, folder: str) -> str:
    """The name under which the world knows what the protocols call `folder` of the mailbox."""
    return folder_of(address, "" if folder == INBOX else folder)


def _without(mailbox: Mailbox, fact: MailsRemoved) -> Mailbox:
    gone = set(fact.uids)
    return _holding(mailbox, [mail for mail in mailbox.mails if mail.uid not in gone])


def _flagged(mailbox: Mailbox, fact: FlagsChanged) -> Mailbox:
    flags = dict(fact.changes)
    return _holding(mailbox, [mail._replace(flags=flags.get(mail.uid, mail.flags)) for mail in mailbox.mails])


def _holding(mailbox: Mailbox, mails: list[StoredMail]) -> Mailbox:
    return mailbox._replace(mails=List(mails), octets=sum(len(mail.octets) for mail in mails))


_CHANGES: Mapping[type[object], Callable[[Mailbox, Any], Mailbox]] = {
    MailsRemoved: _without,
    FlagsChanged: _flagged,
}
