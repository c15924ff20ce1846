"""What is odd about a line of the letter: octets, length, and dots and line ends that are used for smuggling."""

from __future__ import annotations

import re

from smtpsim.kernel.fault import Remarks
from smtpsim.kernel.printable import decoded
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.framing import CRLF, Line
from smtpsim.protocol.smtp.grammar import TEXT_LINE_LIMIT
from smtpsim.protocol.smtp.state import Envelope, State

LF = b"\n"
LONGEST_TEXT = TEXT_LINE_LIMIT - len(CRLF)


def content_remarks(state: State, line: Line) -> Remarks:
    """The faults of one line, each where it first occurs."""
    text, end = line
    if (
        (text.isascii() and b"\r" not in text and b"\0" not in text)
        and (len(text) <= LONGEST_TEXT and end == CRLF)
        and text[:1] != b"."
    ):
        return ()
    begins = state.line_end == state.newline
    lone = text == b"." and state.newline == CRLF and LF in (state.line_end, end)
    stuffed = begins and text.startswith(b"..")
    found = (
        ("lone-dot-bare-lf", 0 if lone else -1),
        ("dot-unstuffed", 0 if begins and not stuffed and text[:1] == b"." and len(text) > 1 else -1),
        ("nul-in-content", text.find(b"\0")),
        ("bare-cr", text.find(b"\r")),
        ("eight-bit-not-announced", -1 if _announced(state.envelope) else _first_eight_bit(text)),
        ("bare-lf", len(text) if end == LF and not lone else -1),
    )
    faults = tuple(fault(key, _column(text, index)) for key, index in found if index >= 0)
    longest = LONGEST_TEXT + stuffed  # the dot that was added does not count
    if len(text) > longest:
        octets = str(len(text) + len(CRLF))
        faults += (fault("content-line-too-long", _column(text, longest), octets),)
    return faults


_EIGHT_BIT = re.compile(rb"[\x80-\xff]")


def _first_eight_bit(text: bytes) -> int:
    match = _EIGHT_BIT.search(text)
    return match.start() if match else -1


def _announced(envelope: Envelope | None) -> bool:
    """Whether MAIL said that octets above 127 would come (RFC 6152 3, RFC 6531 3.1)."""
    if envelope is None:
        return False
    body = (envelope.parameter("BODY") or "").upper()
    return body in ("8BITMIME", "BINARYMIME") or envelope.parameter("SMTPUTF8") is not None


def _column(text: bytes, index: int) -> int:
    """The column of the character that the octet at `index` belongs to."""
    whole, before = decoded(text), decoded(text[:index])
    characters = len(before)
    while whole[:characters] != before[:characters]:  # the last ones are a piece of the character
        characters -= 1
    return characters + 1
