"""Advice on a line beyond its reply: what a line of the letter is, what a server asks, and what people mistype."""

from __future__ import annotations

from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.views.advice import access, caught, letter, login, typos
from smtpsim.views.advice.said import Advice

_SILENT = {"command": "chunk-begins", "octets": "chunk-goes-on"}
"""What is said of a line that no reply follows yet: BDAT, and the octets that follow it."""


def advice(turn: Turn, before: Turn | None) -> Advice | None:
    """The advice on a turn's line, None for none. `before` is the turn before it, None for the first."""
    if turn.after.access:
        return access.foreign(turn) if turn.reply else _unanswered(turn)
    return caught.elsewhere(turn, before) or _spoken(turn, before)


def _spoken(turn: Turn, before: Turn | None) -> Advice | None:
    """The advice on a line of SMTP."""
    if turn.reply is None:
        in_letter = turn.after.connection.state.phase is Phase.DATA
        return letter.line(turn, before) if turn.kind == TurnKind.CONTENT and in_letter else _unanswered(turn)
    if turn.reply.key == "auth-challenge":
        return login.asked(turn)
    return typos.slip(turn) if any(fault.key == "unknown-verb" for fault in turn.faults) else None


def _unanswered(turn: Turn) -> Advice | None:
    """A chunk has no reply before its end; other lines only where a recording shows none, or the connection breaks."""
    if turn.after.connection.state.phase is Phase.CHUNK:
        return Advice(_SILENT[turn.kind]) if turn.kind in _SILENT else None
    broken = any(fault.key == "connection-broken" for fault in turn.faults)
    return None if turn.kind == TurnKind.SIMULATOR or broken else Advice("unanswered")
