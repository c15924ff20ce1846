"""SMTP typed at a server that speaks POP3 or IMAP."""

from __future__ import annotations

from smtpsim.protocol.smtp.table import VERBS
from smtpsim.session.simulation import Turn
from smtpsim.views.advice.said import Advice

_UNREAD = frozenset({"pop3-unknown-verb", "imap-unknown-verb", "imap-verb-missing"})
"""The faults of lines that hold no command of the protocol."""

_PLACES = {"pop3": 1, "imap": 2}
"""How many words may come up to the command: IMAP has a tag before it, which beginners leave out."""


def foreign(turn: Turn) -> Advice | None:
    """What to say about a turn whose line is a command of SMTP, and of the protocol that is spoken it is none."""
    spoken = turn.after.access
    if spoken is None or not any(fault.key in _UNREAD for fault in turn.faults):
        return None
    begins = turn.line.upper().split()[: _PLACES[spoken.protocol]]
    return Advice(f"smtp-at-{spoken.protocol}") if set(begins) & set(VERBS) else None
