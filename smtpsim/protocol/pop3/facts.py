"""What happened in a POP3 session, as the protocol can tell it. The world and the panel go by these."""

from __future__ import annotations

from typing import Literal, NamedTuple

from smtpsim.protocol.dialogue import fact_keys
from smtpsim.protocol.maildrop import MailsFetched, MailsRemoved


class Connected(NamedTuple):
    server: str
    key: Literal["connected"] = "connected"


class TlsStarted(NamedTuple):
    """What follows is encrypted, and begins anew (RFC 2595 4)."""

    key: Literal["tls"] = "tls"


class UserNamed(NamedTuple):
    user: str
    key: Literal["user"] = "user"


class LoggedIn(NamedTuple):
    """The session has the maildrop to itself until it ends (RFC 1939 4)."""

    user: str
    key: Literal["login"] = "login"


class LoginRefused(NamedTuple):
    user: str
    key: Literal["login-refused"] = "login-refused"


class Marked(NamedTuple):
    """DELE: the message goes when QUIT ends the session, and not before."""

    uid: int
    key: Literal["marked"] = "marked"


class Unmarked(NamedTuple):
    """RSET took these marks back."""

    uids: tuple[int, ...]
    key: Literal["unmarked"] = "unmarked"


class Closed(NamedTuple):
    """`by` is client (QUIT) or server (too many errors, which deletes nothing: RFC 1939 6)."""

    by: str
    key: Literal["closed"] = "closed"


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
