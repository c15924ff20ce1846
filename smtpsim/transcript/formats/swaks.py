"""What swaks prints: a hint before each line tells who speaks, whether inside TLS, whether it was expected.

=== Trying 127.0.0.1:25...
<-  220 mx.example.com          <~ inside TLS, <** and <~* an error
 -> EHLO client.example.com     ~> inside TLS, **> and ~*> an error
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smtpsim.kernel.printable import printable
from smtpsim.transcript.assembly import spoken
from smtpsim.transcript.dialogue import Client, Command, Content, Dialogue, Note, Server
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Said, Side, read_marked

_SERVER = re.compile(r"<(?:- |~ |-|~|\*\*|~\*|-\*)(?: |$)")
_CLIENT = re.compile(r" ?(?:->|~>|\*\*>|~\*>|-\*>)(?: |$)")
_READY = 220
_REFUSED = 400


class _Hints(NamedTuple):
    """What stands before a line of the client, of the server, and of a server that refuses."""

    client: str
    server: str
    refused: str


_CLEAR = _Hints(" ->", "<- ", "<**")
_SECURE = _Hints(" ~>", "<~ ", "<~*")
_COUNT = re.compile(r"\d+ lines sent")


def _said(line: str) -> Said | None:
    if match := _SERVER.match(line):
        return Side.SERVER, line[match.end() :]
    if (match := _CLIENT.match(line)) and not _COUNT.fullmatch(line, match.end()):
        return Side.CLIENT, line[match.end() :]
    return None


def read(source: Sequence[str]) -> Dialogue:
    """Read swaks' output. With `--suppress-data` the letter and its dot are not in it."""
    return read_marked(source, _said)


def write(dialogue: Dialogue) -> str:
    """Write what swaks would have printed, for people: controls as visible signs, remarks after `===`."""
    return "".join(f"{printable(line)}\n" for line in _lines(dialogue))


def _lines(dialogue: Dialogue) -> Iterator[str]:
    if dialogue.target:
        yield f"=== Trying {dialogue.target.host}:{dialogue.target.port}..."
        yield f"=== Connected to {dialogue.target.host}."
    hints, asked = _CLEAR, False
    for entry, text in spoken(dialogue.entries):
        match entry:
            case Client() | Content():
                asked = text.strip().upper() == "STARTTLS"
                yield f"{hints.client} {text}" if text else hints.client
            case Server(code, lines):
                yield from _reply(code, lines, hints)
                hints = _SECURE if asked and code == _READY else hints
            case Note() | Command():
                yield f"=== {text}"


def _reply(code: int, lines: Sequence[str], hints: _Hints) -> Iterator[str]:
    hint = hints.refused if code >= _REFUSED else hints.server
    more, last = (f"{code}-", f"{code} ") if code else ("", "")
    yield from (f"{hint} {more}{text}" for text in lines[:-1])
    yield f"{hint} {last}{lines[-1]}"


FORMAT = Format(
    name="swaks",
    keeps=SPOKEN,
    read=read,
    write=write,
    signs=(
        Sign(_SERVER.pattern, 40),
        Sign(_CLIENT.pattern, 40),
        Sign(r"=== (?:Trying|Connected to|TLS started)", 5),
    ),
    limits=("limit-hidden-by-option", "limit-codes-only"),
    shows=frozenset({"notes", "orders"}),
)
