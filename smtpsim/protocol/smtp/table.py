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
Row = dict[str, Cell]

VERBS = (
    *("HELO", "EHLO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT", "VRFY", "EXPN", "HELP"),
    *("BDAT", "STARTTLS", "AUTH"),  # those of extensions
)


def _all(cell: Cell) -> Row:
    return dict.fromkeys(VERBS, cell)


_ANYWHERE: Row = {
    "NOOP": STAY,
    "QUIT": Phase.CLOSED,
    "VRFY": STAY,
    "EXPN": STAY,
    "HELP": STAY,
}

TABLE: dict[Phase, Row] = {
    Phase.START: _all("need-hello")
    | _ANYWHERE
    | {
        "HELO": Phase.READY,
        "EHLO": Phase.READY,
        "RSET": STAY,
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
        "STARTTLS": Phase.START,
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
        "STARTTLS": Phase.START,
        "AUTH": "in-transaction",
    },
    Phase.CHUNKS: _all("in-chunks")
    | {
        "HELO": Phase.READY,
        "EHLO": Phase.READY,
        "RSET": Phase.READY,
        "NOOP": STAY,
        "QUIT": Phase.CLOSED,
        "BDAT": Phase.CHUNK,
    },
    Phase.TURNED_AWAY: _all("only-quit") | {"QUIT": Phase.CLOSED},
    Phase.CLOSED: _all("closed"),
}

CONTENT_PHASES = frozenset({Phase.DATA, Phase.CHUNK, Phase.AUTH})
"""Phases whose input is no command."""

REFUSALS: dict[Phase, dict[str, str]] = {
    phase: {verb: cell for verb, cell in row.items() if not isinstance(cell, Phase | Stay)}
    for phase, row in TABLE.items()
}
"""Of the table only what is out of order: for each phase, the verbs and the keys of their replies."""
