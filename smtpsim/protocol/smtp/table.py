"""Every transition of SMTP: for each phase, what each verb may do there (RFC 5321 4.1.4).

A cell is the phase that an accepted command leads to, or the key of the reply to a command out of order,
which changes nothing. `STAY` keeps the phase. Verbs that nobody knows get `unknown-command` in every phase
that reads commands. In DATA, CHUNK and AUTH no verb is read: the input is content, octets or an answer.
"""

from __future__ import annotations

from enum import Enum

from smtpsim.protocol.smtp.state import Phase


class Stay(Enum):
    STAY = "stay"


STAY = Stay.STAY

Cell = Phase | Stay | str

VERBS = (
    "HELO EHLO MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY EXPN HELP STARTTLS AUTH".split()
)  # the columns below

_ANYWHERE: dict[str, Cell] = {
    "NOOP": STAY,
    "QUIT": Phase.CLOSED,
    "VRFY": STAY,
    "EXPN": STAY,
    "HELP": STAY,
}

TABLE: dict[Phase, dict[str, Cell]] = {
    Phase.START: _ANYWHERE
    | {
        "HELO": Phase.READY,
        "EHLO": Phase.READY,
        "RSET": STAY,
        "MAIL": "need-hello",
        "RCPT": "need-hello",
        "DATA": "need-hello",
        "BDAT": "need-hello",
        "STARTTLS": "need-hello",
        "AUTH": "need-hello",
    },
    Phase.READY: _ANYWHERE
    | {
        "HELO": Phase.READY,
        "EHLO": Phase.READY,
        "RSET": STAY,
        "MAIL": Phase.MAIL,
        "RCPT": "need-mail",
        "DATA": "need-mail",
        "BDAT": "need-mail",
        "STARTTLS": Phase.START,
        "AUTH": Phase.AUTH,
    },
    Phase.MAIL: _ANYWHERE
    | {
        "HELO": Phase.READY,
        "EHLO": Phase.READY,
        "RSET": Phase.READY,
        "MAIL": "nested-mail",
        "RCPT": Phase.RCPT,
        "DATA": "need-rcpt",
        "BDAT": "need-rcpt",
        "STARTTLS": "in-transaction",
        "AUTH": "in-transaction",
    },
    Phase.RCPT: _ANYWHERE
    | {
        "HELO": Phase.READY,
        "EHLO": Phase.READY,
        "RSET": Phase.READY,
        "MAIL": "nested-mail",
        "RCPT": Phase.RCPT,
        "DATA": Phase.DATA,
        "BDAT": Phase.CHUNK,
        "STARTTLS": "in-transaction",
        "AUTH": "in-transaction",
    },
    Phase.CHUNKS: dict.fromkeys(VERBS, "in-chunks")
    | {"BDAT": Phase.CHUNK, "RSET": Phase.READY, "NOOP": STAY, "QUIT": Phase.CLOSED}
    | {"HELO": Phase.READY, "EHLO": Phase.READY},
    Phase.TURNED_AWAY: dict.fromkeys(VERBS, "only-quit") | {"QUIT": Phase.CLOSED},
    Phase.CLOSED: dict.fromkeys(VERBS, "closed"),
}

CONTENT_PHASES = frozenset({Phase.DATA, Phase.CHUNK, Phase.AUTH})
"""Phases whose input is no command."""
