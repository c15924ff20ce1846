"""Every transition of IMAP: for each phase, what each verb may do there (RFC 3501 3, 6).

A cell is the phase that an accepted command leads to, or the key of the reply to a command that is not for this
phase, which changes nothing. `STAY` keeps the phase. Verbs that nobody knows get `unknown-command` in every phase
but CLOSED. In LITERAL and REST no verb is read: the input belongs to a command that has begun.
"""

from __future__ import annotations

from enum import Enum

from smtpsim.protocol.imap.state import Phase


class Stay(Enum):
    STAY = "stay"


STAY = Stay.STAY

Cell = Phase | Stay | str

_LOGIN = ("LOGIN", "AUTHENTICATE", "STARTTLS")
_CHANGING = ("CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "APPEND")
_MAILBOXES = ("LIST", "LSUB", "STATUS", "SELECT", "EXAMINE")
_MAILS = ("CHECK", "CLOSE", "EXPUNGE", "FETCH", "STORE", "SEARCH", "UID")

VERBS = ("CAPABILITY", "NOOP", "LOGOUT", *_LOGIN, *_MAILBOXES, *_MAILS, "COPY", *_CHANGING)
"""The columns below."""

_ANYWHERE: dict[str, Cell] = {"CAPABILITY": STAY, "NOOP": STAY, "LOGOUT": Phase.CLOSED}

_LOGGED_IN: dict[str, Cell] = (
    _ANYWHERE
    | dict.fromkeys(_LOGIN, "already-in")
    | dict.fromkeys(_CHANGING, "not-offered")
    | dict.fromkeys(("LIST", "LSUB", "STATUS"), STAY)
    | dict.fromkeys(("SELECT", "EXAMINE"), Phase.SELECTED)
)

TABLE: dict[Phase, dict[str, Cell]] = {
    Phase.NOT_AUTHENTICATED: _ANYWHERE
    | {"LOGIN": Phase.AUTHENTICATED, "AUTHENTICATE": "authenticate-off", "STARTTLS": "not-offered"}
    | dict.fromkeys((*_MAILBOXES, *_MAILS, *_CHANGING, "COPY"), "need-login"),
    Phase.AUTHENTICATED: _LOGGED_IN | dict.fromkeys((*_MAILS, "COPY"), "need-select"),
    Phase.SELECTED: _LOGGED_IN | dict.fromkeys(_MAILS, STAY) | {"CLOSE": Phase.AUTHENTICATED, "COPY": "not-offered"},
    Phase.CLOSED: dict.fromkeys(VERBS, "closed"),
}

CONTINUED_PHASES = frozenset({Phase.LITERAL, Phase.REST})
"""Phases whose input is no command."""
