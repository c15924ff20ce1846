"""tshark's `-z follow,tcp,ascii` (or `utf-8`, `hex`, `raw`, `yaml`): the octets of each segment, with who sent them.

    Follow: tcp,ascii
    Node 0: 127.0.0.1:56422
    Node 1: 127.0.0.1:2525
    <tab>35                              a length; there is a tab before what node 1 sent
    220 mx.example.com ESMTP

In ascii, octets that are not printable have become dots. The node that first says a reply code is the server.
Behind a STARTTLS that was granted there is nothing to read.
"""

from __future__ import annotations

import re
from base64 import b64decode
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from smtpsim.kernel.printable import encoded
from smtpsim.transcript.assembly import Assembly
from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.terminal_capture import Noise, read_unmarked

_LENGTH = re.compile(r"(\t?)(\d+)")
_FOLLOW = re.compile(r"Follow: tcp,(\w+)")
_HEX = re.compile(r"(\t?)\s*[0-9A-Fa-f]{8}  ((?:[0-9A-Fa-f]{2} {1,2}){1,16}).*")
_RAW = re.compile(r"(\t?)((?:[0-9A-Fa-f]{2})+)")
_DUMPS = {"hex": _HEX, "raw": _RAW}
_YAML = "packets:"
_PEER = re.compile(r"\s+(?:- )?peer: (\d+)")
_BASE64 = re.compile(r"\s+([A-Za-z0-9+/]+={0,2})")
_RULE = re.compile(r"={10,}$")
_REPLY = re.compile(r"[2-5]\d\d[ -]")
_ENDINGS = ((2, 0), (2, 2), (2, 1), (1, 0), (1, 1))
"""The octets of a line ending, and how many of them the segment lacks at its end."""
_HEAD = re.compile(r"={10,}$|Follow: |Filter: |Node \d: |\s*\d+$")


class _Piece(NamedTuple):
    """A line that a node sent, or the beginning of one."""

    node: int
    text: str
    line: int
    whole: bool


def read(source: Sequence[str]) -> Dialogue:
    """Read a followed stream. Where the tabs are lost, the reply codes tell who speaks."""
    kind = next((match[1] for line in source if (match := _FOLLOW.match(line))), "ascii")
    shape = _DUMPS.get(kind)
    pieces = list(_in_yaml(source) if _YAML in source else _dumped(source, shape) if shape else _counted(source))
    server = next((piece.node for piece in pieces if _REPLY.match(piece.text)), 1)
    if len({piece.node for piece in pieces}) < 2 and not shape and _YAML not in source:
        return read_unmarked(source, Noise(beside=_HEAD))
    return _dialogue(pieces, server)


def _dialogue(pieces: Iterable[_Piece], server: int) -> Dialogue:
    assembly = Assembly()
    take = {False: assembly.client, True: assembly.server}
    asked = False
    for node, text, line in _joined(pieces):
        take[node == server](text, line)
        if asked and text.startswith("220"):
            break
        asked = node != server and text.strip().upper() == "STARTTLS"
    return Dialogue(assembly.entries())


def _joined(pieces: Iterable[_Piece]) -> Iterable[tuple[int, str, int]]:
    """Whole lines: the node, the text, and the number of the line in the file where it ends."""
    begun: dict[int, list[str]] = {}
    last = 0
    for node, text, line, whole in pieces:
        begun.setdefault(node, []).append(text)
        last = line
        if whole:
            yield node, "".join(begun.pop(node)).rstrip("\r"), line
    for node, parts in begun.items():
        yield node, "".join(parts).rstrip("\r"), last


def _counted(lines: Sequence[str]) -> Iterable[_Piece]:
    """The pieces of a stream shown as text."""
    sizes = _Sizes(lines)
    index = 0
    while index < len(lines):
        match = _LENGTH.fullmatch(lines[index])
        index += 1
        if match is None:
            continue
        end, whole = sizes.segment(index, int(match[2][:18]))
        for number in range(index, end):
            yield _Piece(len(match[1]), lines[number], number + 1, whole or number + 1 < end)
        index = end


class _Sizes:
    """Where segments end. The lines have lost their endings: all of a segment had CRLF, or all had LF."""

    def __init__(self, lines: Sequence[str]) -> None:
        sizes = [len(encoded(line)) for line in lines]
        self._lines = lines
        self._sums = {ending: list(accumulate((size + ending for size in sizes), initial=0)) for ending in (2, 1)}

    def segment(self, start: int, octets: int) -> tuple[int, bool]:
        """The line after the segment that begins at `start`, and whether its last line is whole.

        Where the count does not fit, the next blank line with a length after it ends the segment.
        """
        for ending, cut in _ENDINGS:
            sums = self._sums[ending]
            target = sums[start] + octets + cut
            end = bisect_left(sums, target)
            if end <= len(self._lines) and sums[end] == target and (self._opens if cut else self._closed)(end):
                return end, not cut
        end = start
        while not self._closed(end):
            end += 1
        return end, True

    def _opens(self, index: int) -> bool:
        if index >= len(self._lines):
            return True
        return bool(_LENGTH.fullmatch(self._lines[index]) or _RULE.match(self._lines[index]))

    def _closed(self, index: int) -> bool:
        return index >= len(self._lines) or (self._lines[index] == "" and self._opens(index + 1))


def _dumped(lines: Sequence[str], shape: re.Pattern[str]) -> Iterable[_Piece]:
    """The pieces of a stream shown in hexadecimal digits."""
    for number, line in enumerate(lines, 1):
        match = shape.fullmatch(line)
        if match is None:
            continue
        yield from _pieces(bytes.fromhex(match[2]), len(match[1]), number)


def _in_yaml(lines: Sequence[str]) -> Iterable[_Piece]:
    """The pieces of a stream in YAML: each packet with its peer, and its octets in base64."""
    node = 0
    for number, line in enumerate(lines, 1):
        if peer := _PEER.fullmatch(line):
            node = int(peer[1][:3])
        elif (data := _BASE64.fullmatch(line)) and len(data[1]) % 4 == 0:
            yield from _pieces(b64decode(data[1]), node, number)


def _pieces(octets: bytes, node: int, line: int) -> Iterable[_Piece]:
    *whole, rest = octets.decode("latin-1").split("\n")
    for part in whole:
        yield _Piece(node, part, line, True)
    if rest:
        yield _Piece(node, rest, line, False)


FORMAT = Format(
    name="tshark",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(r"Follow: tcp,", 500),
        Sign(r"Filter: tcp\.stream eq ", 200),
        Sign(r"\s+data: !!binary \|", 200),
    ),
    limits=("limit-not-printable",),
)
