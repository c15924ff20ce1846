"""What a line of the letter is, and lines that do not do there what was meant."""

from __future__ import annotations

import re

from smtpsim.message.headers import Headers
from smtpsim.protocol.smtp.table import VERBS
from smtpsim.session.simulation import Turn
from smtpsim.views.advice import caught
from smtpsim.views.advice.said import Advice

HEADERS = frozenset(
    {
        "from",
        "to",
        "cc",
        "bcc",
        "subject",
        "reply-to",
        "date",
        "message-id",
        "sender",
        "return-path",
        "received",
        "disposition-notification-to",
        "content-type",
    }
)
"""The header fields that there are words of their own for."""

_COMMAND = re.compile(rf"(?:{'|'.join(VERBS)})(?:\s|$)", re.IGNORECASE)
_ALMOST_DOT = re.compile(r"\s+\.\s*|\.\s+|\.{2,3}")


def line(turn: Turn, before: Turn | None) -> Advice:
    """What to say about a turn whose line is content."""
    return caught.in_letter(turn.line) or Advice(_slip(turn.line) or _place(turn, before))


def _slip(text: str) -> str:
    """A command typed into the letter, and dots that do not end it."""
    if _COMMAND.match(text):
        return "command-in-letter"
    return "almost-dot" if _ALMOST_DOT.fullmatch(text) else ""


def _place(turn: Turn, before: Turn | None) -> str:
    was = before.after.transaction.headers if before else Headers()
    return "body" if was.ended else _in_header(turn, turn.after.transaction.headers)


def _in_header(turn: Turn, headers: Headers) -> str:
    if headers.broken:
        return "header-broken"
    if headers.ended:
        return "header-ends"
    if turn.line[:1] in (" ", "\t"):
        return "header-folded"
    name = headers.fields[-1].name.lower()
    return f"header-{name}" if name in HEADERS else "header-other"
