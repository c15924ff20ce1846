"""Lines that were meant for the simulator, or to end the letter, where all that is typed is content."""

from __future__ import annotations

import re

from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Turn
from smtpsim.views.advice.said import Advice
from smtpsim.views.advice.typos import half_width

_ORDER = re.compile(r":([a-z].{0,60})", re.IGNORECASE)
_WIDE_DOTS = ("\N{FULLWIDTH FULL STOP}", "\N{IDEOGRAPHIC FULL STOP}", "\N{HALFWIDTH IDEOGRAPHIC FULL STOP}")


def in_letter(line: str) -> Advice | None:
    """What to say about a line of a letter that was not meant for its reader, None for any other line."""
    if line.strip() in _WIDE_DOTS:
        return Advice("wide-dot", {"found": line.strip()}, caught=True)
    return _order(line, "order-in-letter")


def elsewhere(turn: Turn, before: Turn | None) -> Advice | None:
    """What to say about a command for the simulator that was taken for an octet of a chunk (RFC 3030 2) or for the
    answer to a challenge (RFC 4954 4)."""
    phase = before.after.connection.state.phase if before else Phase.START
    return _order(turn.line, _KEYS[phase]) if phase in _KEYS else None


_KEYS = {Phase.CHUNK: "order-in-chunk", Phase.AUTH: "order-in-answer"}


def _order(line: str, key: str) -> Advice | None:
    match = _ORDER.match(half_width(line).strip())
    return Advice(key, {"meant": match.group(1)}, caught=True) if match else None
