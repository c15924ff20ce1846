"""A mailbox of the world as POP3 and IMAP see it, and what they do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rpds import List

from smtpsim.protocol.maildrop import FlagsChanged, Mail, Maildrop, MailsRemoved
from smtpsim.world.model import Mailbox, StoredMail, World


def maildrop(world: World, address: str) -> Maildrop:
    """The mailbox as it is now, oldest mail first."""
    mailbox = world.mailboxes[address]
    mails = tuple(Mail(mail.uid, mail.octets, mail.flags, mail.arrived) for mail in mailbox.mails)[::-1]
    return Maildrop("INBOX", mails, mailbox.uid_next)


def applied(world: World, address: str, facts: Iterable[object]) -> World:
    """The world after a session changed a mailbox."""
    for fact in facts:
        change = _CHANGES.get(type(fact))
        if change:
            mailbox = change(world.mailboxes[address], fact)
            world = world._replace(mailboxes=world.mailboxes.insert(address, mailbox))
    return world


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
