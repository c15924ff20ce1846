"""What happened in an IMAP session, as the protocol can tell it. The world and the panel go by these."""

from __future__ import annotations

from typing import Literal, NamedTuple

from smtpsim.protocol.dialogue import fact_keys
from smtpsim.protocol.maildrop import (
    FlagsChanged,
    MailboxMade,
    MailboxRemoved,
    MailboxRenamed,
    MailsAdded,
    MailsFetched,
    MailsRemoved,
    Subscribed,
)


class Connected(NamedTuple):
    server: str
    key: Literal["connected"] = "connected"


class TlsStarted(NamedTuple):
    """What follows is encrypted, and begins anew (RFC 3501 6.2.1)."""

    key: Literal["tls"] = "tls"


class LoggedIn(NamedTuple):
    user: str
    key: Literal["login"] = "login"


class LoginRefused(NamedTuple):
    user: str
    key: Literal["login-refused"] = "login-refused"


class MailboxSelected(NamedTuple):
    mailbox: str
    read_only: bool
    key: Literal["selected"] = "selected"


class MailboxLeft(NamedTuple):
    """CLOSE, or a SELECT that led elsewhere or nowhere."""

    mailbox: str
    key: Literal["left"] = "left"


class Closed(NamedTuple):
    """`by` is client (LOGOUT) or server (too many errors). Nothing is expunged by it (RFC 3501 6.1.3)."""

    by: str
    key: Literal["closed"] = "closed"


Fact = (
    Connected
    | TlsStarted
    | LoggedIn
    | LoginRefused
    | MailboxSelected
    | MailboxLeft
    | MailsFetched
    | FlagsChanged
    | MailsRemoved
    | MailsAdded
    | MailboxMade
    | MailboxRemoved
    | MailboxRenamed
    | Subscribed
    | Closed
)

FACT_KEYS = fact_keys(Fact)
"""The key of every kind of fact; the words for it are in the catalogues, under `imap.fact-KEY`."""
