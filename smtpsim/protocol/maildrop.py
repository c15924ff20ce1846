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


class Maildrop(NamedTuple):
    """One mailbox of a user; `INBOX` is the one that mail is delivered to (RFC 3501 5.1).

    `name` is as on the wire: ASCII, other letters in modified UTF-7 (RFC 3501 5.1.3). `mails` are oldest first,
    so that their uids ascend; `uid_next` is above all of them; `uid_validity` changes when uids begin anew.
    """

    name: str = "INBOX"
    mails: tuple[Mail, ...] = ()
    uid_next: int = 1
    uid_validity: int = 1


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
