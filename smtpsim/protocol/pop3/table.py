"""Every transition of POP3: for each phase, what each verb may do there (RFC 1939 4 to 7).

A cell is the phase that an accepted command leads to, or the key of the reply to a command that is not for this
phase, which changes nothing. `STAY` keeps the phase. Verbs that nobody knows get `unknown-command` in every phase
but CLOSED.
"""

from __future__ import annotations

from enum import Enum

from smtpsim.protocol.pop3.state import Phase


class Stay(Enum):
    STAY = "stay"


STAY = Stay.STAY

Cell = Phase | Stay | str

_LOGIN = ("USER", "PASS", "APOP", "AUTH", "STLS")
_MAILDROP = ("STAT", "LIST", "UIDL", "RETR", "TOP", "DELE", "RSET", "NOOP")

VERBS = (*_LOGIN, *_MAILDROP, "CAPA", "QUIT")
"""The columns below."""

_ANYWHERE: dict[str, Cell] = {"CAPA": STAY, "QUIT": Phase.CLOSED}

_LOGGED_OUT: dict[str, Cell] = (
    _ANYWHERE | dict.fromkeys(_MAILDROP, "need-login") | dict.fromkeys(("APOP", "AUTH", "STLS"), "not-offered")
)

TABLE: dict[Phase, dict[str, Cell]] = {
    Phase.AUTHORIZATION: _LOGGED_OUT | {"USER": Phase.USER, "PASS": "need-user"},
    Phase.USER: _LOGGED_OUT | {"USER": Phase.USER, "PASS": Phase.TRANSACTION},
    Phase.TRANSACTION: _ANYWHERE | dict.fromkeys(_LOGIN, "already-in") | dict.fromkeys(_MAILDROP, STAY),
    Phase.CLOSED: dict.fromkeys(VERBS, "closed"),
}
