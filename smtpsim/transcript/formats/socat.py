"""What `socat -v` writes: before each piece of data, which way it went, when, and how long it is.

    > 2026/04/01 09:00:00.000859892  length=25 from=0 to=24
    EHLO client.example.com\\r

The data follow as text, with `\\r` at the end of a line; a piece that ends in the middle of a line is followed by the
next head on the same line. The side that first says a reply code is the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Numbered, Side, read_said

_HEAD = r"[<>] \d{4}/\d\d/\d\d \d\d:\d\d:\d\d(?:\.\d+)? +length=\d+ from=\d+ to=\d+"
_HEADS = re.compile(rf"({_HEAD})$")
_REPLY = re.compile(r"[2-5]\d\d(?:[ -]|$)")
_ESCAPE = re.compile(r"\\([rtabfv0\\])")
_MEANT = {"r": "\r", "t": "\t", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\\": "\\"}


def read(source: Sequence[str]) -> Dialogue:
    """Read what socat wrote on standard error."""
    lines = list(_lines(source))
    server = next((way for _, way, text in lines if _REPLY.match(text)), "<")
    return read_said(_said(lines, server))


def _said(lines: list[tuple[int, str, str]], server: str) -> Iterator[Numbered]:
    for number, way, text in lines:
        yield number, Side.SERVER if way == server else Side.CLIENT, text


def _lines(source: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Whole lines with the way that they went. Each way has its own line that is not whole yet."""
    begun: dict[str, str] = {"<": "", ">": ""}
    way = ""
    for number, line in enumerate(source, 1):
        text, *head = _HEADS.split(line)[:2]
        if way and (text or not head):
            begun[way] += text
            if not head:
                yield number, way, _ESCAPE.sub(lambda match: _MEANT[match[1]], begun[way]).removesuffix("\r")
                begun[way] = ""
        way = head[0][0] if head else way


FORMAT = Format(
    name="socat",
    keeps=SPOKEN,
    read=read,
    signs=(Sign(_HEAD, 200),),
)
