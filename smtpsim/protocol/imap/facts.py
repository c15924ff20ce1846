"""What happened in an IMAP session, as the protocol can tell it. The world and the panel go by these."""

from __future__ import annotations

from typing import Literal, NamedTuple

from smtpsim.protocol.dialogue import Closed, Connected, LoggedIn, LoginRefused, TlsStarted, fact_keys
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


class MailboxSelected(NamedTuple):
    mailbox: str
    read_only: bool
    key: Literal["selected"] = "selected"


class MailboxLeft(NamedTuple):
    """CLOSE, or a SELECT that led elsewhere or nowhere."""

    mailbox: str
    key: Literal["left"] = "left"


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
