"""Advice on a line beyond its reply: what a line of the letter is, what a server asks, and what people mistype."""

from __future__ import annotations

from smtpsim.session.turn import Turn
from smtpsim.views.advice import letter, login, pickup, slips
from smtpsim.views.advice.said import Advice

_SILENT = {"command": "chunk-begins", "octets": "chunk-goes-on"}
"""What is said of a line that no reply follows yet: BDAT, and the octets behind it."""


def advice(turn: Turn, before: Turn | None) -> Advice | None:
    """The advice on a turn's line, None for none. `before` is the turn before it, None for the first."""
    if turn.after.pickup:
        return pickup.foreign(turn)
    if turn.reply is None:
        return letter.line(turn, before) if turn.kind == "content" else _unanswered(turn)
    if turn.reply.key == "auth-challenge":
        return login.asked(turn)
    return slips.slip(turn) if any(fault.key == "unknown-verb" for fault in turn.faults) else None


def _unanswered(turn: Turn) -> Advice | None:
    return Advice(_SILENT[turn.kind]) if turn.kind in _SILENT else None
