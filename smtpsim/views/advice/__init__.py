"""Advice on a line beyond its reply: what a line of the letter is, what a server asks, and what people mistype."""

from __future__ import annotations

from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.views.advice import access, caught, letter, login, typos
from smtpsim.views.advice.correction import mended
from smtpsim.views.advice.remedy import way_on
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
    return _mistyped(turn, before) or way_on(turn)


def _mistyped(turn: Turn, before: Turn | None) -> Advice | None:
    """What was meant by a line that the server could not read: the line itself, mended, where that is plain."""
    line = mended(turn, before)
    slip = typos.slip(turn) if any(fault.key == "unknown-verb" for fault in turn.faults) else None
    if slip is None:
        return Advice("mended", {"meant": line}) if line else None
    return slip._replace(values={"meant": line}) if line and slip.values["meant"] else slip


def _unanswered(turn: Turn) -> Advice | None:
    """A chunk has no reply before its end; other lines only where a recording shows none, or the connection breaks."""
    if turn.after.connection.state.phase is Phase.CHUNK:
        return Advice(_SILENT[turn.kind]) if turn.kind in _SILENT else None
    broken = any(fault.key == "connection-broken" for fault in turn.faults)
    return None if turn.kind == TurnKind.SIMULATOR or broken else Advice("unanswered")
