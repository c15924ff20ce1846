"""What `curl --trace-ascii` and `curl --trace` print: each piece that was sent or received, with its size.

    == Info: Connected to 127.0.0.1 (127.0.0.1) port 2525
    <= Recv header, 16 bytes (0x10)
    0000: 250-PIPELINING                                       --trace-ascii: a line ends where its number tells
    => Send data, 6 bytes (0x6)
    0000: 68 65 6c 6c 6f 0a                               hello.       --trace

In ascii, octets that are not printable have become dots. The dot that ends the letter and the last QUIT are not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from smtpsim.kernel.printable import decoded
from smtpsim.transcript.assembly import Assembly
from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import Format, Sign

_HEAD = re.compile(r".*?(=> Send|<= Recv) (SSL data|header|data), (\d{1,18}) bytes \(0x[0-9a-f]+\)")
_BODY = re.compile(r"([0-9a-f]{4,16}): (.*)", re.DOTALL)
_OCTETS = re.compile(r"((?:[0-9a-f]{2} ){1,16}) *")
_ENDING = re.compile(r"\r?\n")


class _Row(NamedTuple):
    """One line of a piece: where it begins in the piece, its text, and its line in the file."""

    offset: int
    text: str
    line: int


class _Piece(NamedTuple):
    """What was sent or received at once. `data` is a part of the letter, else it is a line, whole."""

    sent: bool
    data: bool
    size: int
    rows: list[_Row]


class _Part(NamedTuple):
    """A part of a line, whether the line ends with it, and its line in the file."""

    text: str
    ends: bool
    line: int


_NOTHING = _Piece(False, False, 0, [])


def read(source: Sequence[str]) -> Dialogue:
    """Read curl's trace."""
    pieces = [piece for piece in _pieces(source) if piece.rows]
    octets = any(_OCTETS.match(row.text) for piece in pieces if not piece.data for row in piece.rows[:1])
    cut, meant = (_dumped, _utf8) if octets else (_shown, str)
    assembly = Assembly()
    begun: list[str] = []
    for piece, follows in pairwise([*pieces, _NOTHING]):
        take = assembly.client if piece.sent else assembly.server
        for part in cut(piece):
            begun.append(part.text)
            if part.ends:
                take(meant("".join(begun)), part.line)
                begun.clear()
        if any(begun) and not (piece.data and follows.data):
            take(meant("".join(begun)), piece.rows[-1].line)
            begun.clear()
    return Dialogue(assembly.entries())


def _pieces(source: Sequence[str]) -> Iterable[_Piece]:
    """The pieces of the dialogue, without those of TLS."""
    piece: _Piece | None = None
    for number, line in enumerate(source, 1):
        if head := _HEAD.fullmatch(line):
            if piece:
                yield piece
            piece = _Piece(head[1] == "=> Send", head[2] == "data", int(head[3]), [])
            piece = None if head[2] == "SSL data" else piece
        elif piece and (body := _BODY.fullmatch(line)) and int(body[1], 16) < piece.size:
            piece.rows.append(_Row(int(body[1], 16), body[2], number))
    if piece:
        yield piece


def _shown(piece: _Piece) -> Iterable[_Part]:
    """The parts of a piece in ascii: where the next one begins later than it should, a line has ended."""
    for row, follows in pairwise([*piece.rows, _Row(piece.size, "", 0)]):
        yield _Part(row.text, follows.offset > row.offset + len(row.text), row.line)


def _dumped(piece: _Piece) -> Iterable[_Part]:
    """The parts of a piece in hexadecimal digits, each octet a character."""
    for row in piece.rows:
        match = _OCTETS.match(row.text)
        *whole, rest = _ENDING.split(bytes.fromhex(match[1]).decode("latin-1") if match else "")
        yield from (_Part(text, True, row.line) for text in whole)
        yield _Part(rest, False, row.line)


def _utf8(octets: str) -> str:
    return decoded(octets.removesuffix("\r").encode("latin-1"))


FORMAT = Format(
    name="curltrace",
    keeps=frozenset({"commands", "replies", "content"}),
    read=read,
    signs=(
        Sign(r".*(?:=> Send|<= Recv) (?:header|data), \d+ bytes \(0x[0-9a-f]+\)$", 100),
        Sign(r".*== Info: ", 50),
    ),
    limits=("limit-not-printable", "limit-hidden-by-option"),
)
