"""What happened in a POP3 session, as the protocol can tell it. The world and the panel go by these."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from smtpsim.protocol.maildrop import MailsFetched, MailsRemoved


class Connected(NamedTuple):
    server: str
    key: Literal["connected"] = "connected"


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


Fact = Connected | UserNamed | LoggedIn | LoginRefused | MailsFetched | Marked | Unmarked | MailsRemoved | Closed

FACT_KEYS: tuple[str, ...] = tuple(kind._field_defaults["key"] for kind in get_args(Fact))
"""The key of every kind of fact; the words for it are in the catalogues, under `pop3.fact-KEY`."""
