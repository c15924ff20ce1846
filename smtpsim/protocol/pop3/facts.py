"""What happened in a POP3 session, as the protocol can tell it. The world and the panel go by these."""

from __future__ import annotations

from typing import Literal, NamedTuple

from smtpsim.protocol.dialogue import Closed, Connected, LoggedIn, LoginRefused, TlsStarted, fact_keys
from smtpsim.protocol.maildrop import MailsFetched, MailsRemoved


class UserNamed(NamedTuple):
    user: str
    key: Literal["user"] = "user"


class Marked(NamedTuple):
    """DELE: the message goes when QUIT ends the session, and not before."""

    uid: int
    key: Literal["marked"] = "marked"


class Unmarked(NamedTuple):
    """RSET took these marks back."""

    uids: tuple[int, ...]
    key: Literal["unmarked"] = "unmarked"


Fact = (
    Connected
    | TlsStarted
    | UserNamed
    | LoggedIn
    | LoginRefused
    | MailsFetched
    | Marked
    | Unmarked
    | MailsRemoved
    | Closed
)

FACT_KEYS = fact_keys(Fact)
"""The key of every kind of fact; the words for it are in the catalogues, under `pop3.fact-KEY`."""
