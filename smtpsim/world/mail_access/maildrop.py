"""A mailbox of the world as POP3 and IMAP see it, and what they do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rpds import List

from smtpsim.message.mime import opened
from smtpsim.protocol.maildrop import (
    RECENT,
    FlagsChanged,
    Mail,
    MailboxMade,
    MailboxRemoved,
    MailboxRenamed,
    Maildrop,
    MailsAdded,
    MailsRemoved,
    NewMail,
    Subscribed,
)
from smtpsim.world.disposition import JUNK
from smtpsim.world.mailbox import Mailbox, StoredMail, folder_of
from smtpsim.world.model import World

INBOX = "INBOX"

USES = {name: f"\\{name}" for name in ("Archive", "Drafts", "Junk", "Sent", "Trash")}
"""What a folder of such a name is for (RFC 6154 2). Custom: by the name, as Dovecot's own configuration has it."""


def maildrop(world: World, address: str, folder: str = "") -> Maildrop:
    """The inbox, or another folder, as it is now, oldest mail first; empty where the first mail is still to come."""
    inbox = inbox_of(world, address)
    mailbox = world.mailboxes.get(folder_of(address, folder)) or inbox
    return Maildrop(
        name=folder or INBOX,
        mails=tuple(Mail(mail.uid, mail.octets, mail.flags, mail.arrived) for mail in mailbox.mails)[::-1],
        uid_next=mailbox.uid_next,
        uid_validity=mailbox.uid_validity,
        use=USES.get(folder, ""),
        fixed=folder in ("", JUNK),
        subscribed=(folder or INBOX) not in inbox.folders.unsubscribed,
        room=max(mailbox.quota - mailbox.octets, 0) if mailbox.quota else None,
    )


def inbox_of(world: World, address: str) -> Mailbox:
    """The inbox of a user who is let in: the world may have it only from its first mail on."""
    return world.mailboxes.get(address) or Mailbox(address, "")


def folders(world: World, address: str) -> tuple[str, ...]:
    """The folders of one user, the inbox (as "") first, then the junk where there is one, then those that were made."""
    junk = (JUNK,) if folder_of(address, JUNK) in world.mailboxes else ()
    return ("", *junk, *inbox_of(world, address).folders.names)


def maildrops(world: World, address: str, mailbox: str = "") -> tuple[Maildrop, ...]:
    """All the mailboxes of one user, as IMAP calls the folders, or only the one of this name."""
    wanted = (folder for folder in folders(world, address) if mailbox in ("", folder or INBOX))
    return tuple(maildrop(world, address, folder) for folder in wanted)


def applied(world: World, address: str, facts: Iterable[object]) -> World:
    """The world after a session changed a mailbox, or which mailboxes there are. A mailbox that another session has
    removed meanwhile is changed no more."""
    for fact in facts:
        if change := _CHANGES.get(type(fact)):
            name = named(address, getattr(fact, "mailbox", INBOX))
            mailbox = inbox_of(world, address) if name == address else world.mailboxes.get(name)
            if mailbox:
                world = _with(world, change(mailbox, fact))
        elif reshape := _FOLDERS.get(type(fact)):
            world = reshape(world, address, fact)
    return world


def named(address: str, folder: str) -> str:
    """The name under which the world knows what the protocols call `folder` of the mailbox."""
    return folder_of(address, "" if folder == INBOX else folder)


def _with(world: World, mailbox: Mailbox) -> World:
    return world._replace(mailboxes=world.mailboxes.insert(mailbox.name, mailbox))


def _without(mailbox: Mailbox, fact: MailsRemoved) -> Mailbox:
    gone = set(fact.uids)
    return _holding(mailbox, [mail for mail in mailbox.mails if mail.uid not in gone])


def _flagged(mailbox: Mailbox, fact: FlagsChanged) -> Mailbox:
    flags = dict(fact.changes)
    return _holding(mailbox, [mail._replace(flags=flags.get(mail.uid, mail.flags)) for mail in mailbox.mails])


def _holding(mailbox: Mailbox, mails: list[StoredMail]) -> Mailbox:
    return mailbox._replace(mails=List(mails), octets=sum(len(mail.octets) for mail in mails))


def _filled(mailbox: Mailbox, fact: MailsAdded) -> Mailbox:
    for mail in fact.mails:
        mailbox = mailbox.with_mail(_stored(mailbox, mail))
    return mailbox


def _stored(mailbox: Mailbox, mail: NewMail) -> StoredMail:
    """A mail that came without SMTP: no queue has given it a name; what it says of its envelope is Return-Path."""
    path = (opened(mail.octets).headers.first("Return-Path") or "").strip()
    identity = f"{mailbox.uid_validity}.{mailbox.uid_next}"
    return StoredMail(
        identity, path.strip("<>"), mail.octets, mailbox.uid_next, mail.internal_date, mail.flags | {RECENT}
    )


_CHANGES: Mapping[type[object], Callable[[Mailbox, Any], Mailbox]] = {
    MailsRemoved: _without,
    MailsAdded: _filled,
    FlagsChanged: _flagged,
}
"""What changes within one mailbox."""


def _made(world: World, address: str, fact: MailboxMade) -> World:
    inbox = inbox_of(world, address)
    kept = inbox.folders._replace(names=(*inbox.folders.names, fact.mailbox), made=inbox.folders.made + 1)
    new = Mailbox(address, inbox.owner, quota=inbox.quota, subscriber=inbox.subscriber, folder=fact.mailbox)
    return _with(_with(world, inbox._replace(folders=kept)), new._replace(uid_validity=1 + kept.made))


def _removed(world: World, address: str, fact: MailboxRemoved) -> World:
    inbox, name = inbox_of(world, address), named(address, fact.mailbox)
    if name not in world.mailboxes:
        return world
    left = tuple(one for one in inbox.folders.names if one != fact.mailbox)
    kept = inbox._replace(folders=inbox.folders._replace(names=left))
    return _with(world._replace(mailboxes=world.mailboxes.remove(name)), kept)


def _renamed(world: World, address: str, fact: MailboxRenamed) -> World:
    """The mails and their uids stay what they are (RFC 3501 6.3.5)."""
    inbox, old = inbox_of(world, address), world.mailboxes.get(named(address, fact.mailbox))
    if old is None:
        return world
    names = tuple(fact.to if one == fact.mailbox else one for one in inbox.folders.names)
    gone = world._replace(mailboxes=world.mailboxes.remove(old.name))
    return _with(_with(gone, inbox._replace(folders=inbox.folders._replace(names=names))), old._replace(folder=fact.to))


def _subscribed(world: World, address: str, fact: Subscribed) -> World:
    inbox = inbox_of(world, address)
    hidden = inbox.folders.unsubscribed
    hidden = hidden - {fact.mailbox} if fact.on else hidden | {fact.mailbox}
    return _with(world, inbox._replace(folders=inbox.folders._replace(unsubscribed=hidden)))


_FOLDERS: Mapping[type[object], Callable[[World, str, Any], World]] = {
    MailboxMade: _made,
    MailboxRemoved: _removed,
    MailboxRenamed: _renamed,
    Subscribed: _subscribed,
}
"""What changes which mailboxes there are."""
