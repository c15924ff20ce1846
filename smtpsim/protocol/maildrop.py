"""A mailbox as the reader's protocols see it, and what they do to it. POP3 and IMAP share these values."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Mail(NamedTuple):
    """One mail as it lies in a mailbox.

    `uid` is from 1 to 4294967295 and never given twice in one mailbox (RFC 3501 2.3.1.1); the lines of `octets`
    end with CRLF; `flags` have their backslash (`\\Seen`) unless they are keywords; `internal_date` is when the
    mail arrived, in seconds since 1970 (RFC 3501 2.3.3).
    """

    uid: int
    octets: bytes
    flags: frozenset[str] = frozenset()
    internal_date: int = 0


class NewMail(NamedTuple):
    """A mail that a reader's program puts into a mailbox, which will give it a uid."""

    octets: bytes
    flags: frozenset[str] = frozenset()
    internal_date: int = 0


class Maildrop(NamedTuple):
    """One mailbox of a user; `INBOX` is the one that mail is delivered to (RFC 3501 5.1).

    `name` is as on the wire: ASCII, other letters in modified UTF-7 (RFC 3501 5.1.3). `mails` are oldest first,
    so that their uids ascend; `uid_next` is above all of them; `uid_validity` changes when uids begin anew.
    `use` is what it is for (`\\Junk`, RFC 6154 2), "" for nothing special; `fixed`: it can be neither removed nor
    renamed; `room` is how many octets there is place for, None for no limit.
    """

    name: str = "INBOX"
    mails: tuple[Mail, ...] = ()
    uid_next: int = 1
    uid_validity: int = 1
    use: str = ""
    fixed: bool = False
    subscribed: bool = True
    room: int | None = None

    def holds(self, mails: tuple[NewMail, ...]) -> bool:
        """Whether there is place for these too."""
        return self.room is None or sum(len(mail.octets) for mail in mails) <= self.room

    def added(self, mails: tuple[NewMail, ...]) -> Maildrop:
        """The mailbox with these in it, recent as all mail that has just come (RFC 3501 2.3.2)."""
        new = tuple(
            Mail(uid, mail.octets, mail.flags | {RECENT}, mail.internal_date)
            for uid, mail in enumerate(mails, self.uid_next)
        )
        return self._replace(mails=(*self.mails, *new), uid_next=self.uid_next + len(mails))


RECENT = "\\Recent"


class Flagged(NamedTuple):
    """All the flags that a mail has now."""

    uid: int
    flags: frozenset[str]


class MailsFetched(NamedTuple):
    """The reader's program got these mails, or some part of their octets; their flags are another fact."""

    mailbox: str
    uids: tuple[int, ...]
    key: Literal["fetched"] = "fetched"


class FlagsChanged(NamedTuple):
    mailbox: str
    changes: tuple[Flagged, ...]
    key: Literal["flags-changed"] = "flags-changed"


class MailsRemoved(NamedTuple):
    """These mails are gone for good (RFC 1939 6, RFC 3501 6.4.3)."""

    mailbox: str
    uids: tuple[int, ...]
    key: Literal["removed"] = "removed"


class MailsAdded(NamedTuple):
    """The reader's program put these into a mailbox: its own, or copies (RFC 3501 6.3.11, 6.4.7)."""

    mailbox: str
    mails: tuple[NewMail, ...]
    key: Literal["added"] = "added"


class MailboxMade(NamedTuple):
    mailbox: str
    key: Literal["mailbox-made"] = "mailbox-made"


class MailboxRemoved(NamedTuple):
    """It is gone with all that was in it (RFC 3501 6.3.4)."""

    mailbox: str
    key: Literal["mailbox-removed"] = "mailbox-removed"


class MailboxRenamed(NamedTuple):
    mailbox: str
    to: str
    key: Literal["mailbox-renamed"] = "mailbox-renamed"


class Subscribed(NamedTuple):
    """Whether LSUB shows the mailbox from now on (RFC 3501 6.3.6, 6.3.7)."""

    mailbox: str
    on: bool
    key: Literal["subscribed"] = "subscribed"
