"""Advice on a line beyond its reply: what a line of the letter is, and the mistakes that people make."""

from __future__ import annotations

import re

from smtpsim.message.headers import Headers
from smtpsim.protocol.smtp.table import VERBS
from smtpsim.session.turn import Turn

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

_SLIPS = (
    ("header-outside", re.compile(r"(?:from|to|cc|bcc|subject|reply-to|date)\s*:", re.IGNORECASE)),
    ("dot-outside", re.compile(r"\.\s*")),
    ("leaving", re.compile(r"(?:exit|bye|logout|close|q)\s*", re.IGNORECASE)),
    ("reply-typed", re.compile(r"[2-5][0-9][0-9]\b")),
    ("prompt-typed", re.compile(r"[>$#]")),
    ("web", re.compile(r"(?:GET|POST|HEAD)\s+\S+", re.IGNORECASE)),
)
"""Commands that nobody knows, and what was probably meant: the first pattern that matches the line's start."""

_SILENT = {"command": "chunk-begins", "octets": "chunk-goes-on"}
"""What is said of a line that no reply follows yet: BDAT, and the octets behind it."""

_COMMAND = re.compile(rf"(?:{'|'.join(VERBS)})(?:\s|$)", re.IGNORECASE)
_ALMOST_DOT = re.compile(r"\s+\.\s*|\.\s+|。|\.{2,3}")

SLIPS = tuple(key for key, _ in _SLIPS)


def advice(turn: Turn, before: Turn | None) -> str:
    """The key of the advice on a turn's line, "" for none."""
    if turn.reply is None and turn.kind in _SILENT:
        return _SILENT[turn.kind]
    if turn.reply is None and turn.kind == "content":
        return _in_letter(turn, before)
    if any(fault.key == "unknown-verb" for fault in turn.faults):
        return next((key for key, pattern in _SLIPS if pattern.match(turn.line.strip())), "")
    return ""


def _in_letter(turn: Turn, before: Turn | None) -> str:
    slip = _slip_in_letter(turn.line)
    if slip:
        return slip
    was = before.after.transaction.headers if before else Headers()
    return "body" if was.ended else _in_header(turn, turn.after.transaction.headers)


def _slip_in_letter(line: str) -> str:
    """A command typed into the letter, and dots that do not end it."""
    if _COMMAND.match(line):
        return "command-in-letter"
    return "almost-dot" if _ALMOST_DOT.fullmatch(line) else ""


def _in_header(turn: Turn, headers: Headers) -> str:
    if headers.broken:
        return "header-broken"
    if headers.ended:
        return "header-ends"
    if turn.line[:1] in (" ", "\t"):
        return "header-folded"
    name = headers.fields[-1].name.lower()
    return f"header-{name}" if name in HEADERS else "header-other"
