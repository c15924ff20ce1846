"""Bytes to units: command lines, content lines, octets of a BDAT chunk (RFC 5321 2.3.8, RFC 3030 2)."""

from __future__ import annotations

import re
from typing import NamedTuple

CRLF = b"\r\n"

LONGEST_LINE = 65_536
"""A line without an end is cut here, so that a stranger cannot fill the memory."""


_UP_TO_LAST_LONE = re.compile(rb"(?s:.*)(?:\r(?!\n)|(?<!\r)\n)")
"""A block up to its last CR without LF, or LF without CR."""


class Line(NamedTuple):
    """A line without its end. `end` is CRLF, a bare LF, or b"" where a long line was cut: it goes on in the
    next unit."""

    text: bytes
    end: bytes = CRLF


class Octets(NamedTuple):
    """A piece of a BDAT chunk; a chunk may come in several pieces."""

    data: bytes


Unit = Line | Octets


class Framer:
    """Collects what a connection sends and hands it out unit by unit.

    `take(0)` gives the next line, `take(n)` up to n octets of a chunk; None means that more must come first.
    A bare CR is never a line end; a bare LF is one, and the line says so.

    However the octets are cut, each is looked at a few times only: `_searched` is how far no line end is known to be,
    `_line_by_line` how far what has come is no block.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._at = self._searched = self._line_by_line = 0

    def feed(self, data: bytes) -> None:
        if self._at:
            del self._buffer[: self._at]
            self._searched -= self._at
            self._line_by_line -= self._at
            self._at = 0
        self._buffer += data

    def take(self, octets: int) -> Unit | None:
        return self._take_octets(octets) if octets else self._take_line()

    def take_lines(self) -> bytes | None:
        """Whole lines of a letter up to one that is only a dot, as far as they have come, in one piece without its last
        CRLF. None where there are none, or one of them ends otherwise than with CRLF or is too long: then line by line.
        """
        start, buffer = self._at, self._buffer
        if start < self._line_by_line or buffer.startswith(b".\r\n", start):
            return None
        end = buffer.find(b"\r\n.\r\n", start)
        if end < 0:
            end = buffer.rfind(CRLF, start)
        if end < 0:
            self._line_by_line = len(buffer)
            return None
        block = bytes(buffer[start:end])
        self._line_by_line = start + _unfit(block)
        if self._line_by_line > start:
            return None
        self._at = end + len(CRLF)
        return block

    def drop(self) -> int:
        """Throw away what was not handed out yet; gives how many octets that was."""
        dropped = len(self._buffer) - self._at
        self._buffer.clear()
        self._at = self._searched = self._line_by_line = 0
        return dropped

    def rest(self) -> bytes:
        """What was fed and not handed out yet."""
        return bytes(self._buffer[self._at :])

    def _take_octets(self, wanted: int) -> Octets | None:
        data = bytes(self._buffer[self._at : self._at + wanted])
        self._at += len(data)
        return Octets(data) if data else None

    def _take_line(self) -> Line | None:
        longest = self._at + LONGEST_LINE
        end = self._buffer.find(b"\n", max(self._at, self._searched), longest + 1)
        if end < 0 and len(self._buffer) > longest:
            return self._cut()
        if end < 0:
            self._searched = len(self._buffer)
            return None
        line = bytes(self._buffer[self._at : end])
        self._at = end + 1
        return Line(line[:-1]) if line.endswith(b"\r") else Line(line, b"\n")

    def _cut(self) -> Line:
        line = bytes(self._buffer[self._at : self._at + LONGEST_LINE])
        self._at += LONGEST_LINE
        return Line(line, b"")


def _unfit(block: bytes) -> int:
    """How much of a block must be taken line by line, up to its last lone CR or LF; all of it where a line is too
    long."""
    if len(block) > LONGEST_LINE and max(map(len, block.split(CRLF))) > LONGEST_LINE:
        return len(block)
    if block.count(b"\n") == block.count(b"\r") == block.count(CRLF):
        return 0
    found = _UP_TO_LAST_LONE.match(block)
    assert found is not None
    return found.end()
