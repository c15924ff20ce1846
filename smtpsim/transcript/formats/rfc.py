"""The style of the RFCs: `S:` before what the server says and `C:` before what the client says (RFC 5321 D).

`Server:` and `Client:` in full are read too, and RFC 821's `R:` (receiver) and `S:` (sender). What stands in
brackets alone, as in `S: <waits for the connection>`, is a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from smtpsim.kernel.printable import printable
from smtpsim.transcript.assembly import Assembly, spoken
from smtpsim.transcript.dialogue import Client, Content, Dialogue, Note, Server
from smtpsim.transcript.format import SPOKEN, Format, Sign

_MARK = re.compile(r"(\s*)(C|S|R|CLIENT|SERVER)(?:[:>](?: |$)|:(?=\S))(.*)", re.IGNORECASE | re.DOTALL)
_RECEIVER = re.compile(r"\s*R: ?\d{3}\b")
_REMARK = re.compile(r"<(?=[^@<>]* )[^@<>]*>|\([^)]*\)|\[[^\]]*\]")
_BASE64_CUT = re.compile(r"(?:.*[ =])?[A-Za-z0-9+/]{20,}")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_REPLY = re.compile(r"[2-5]\d\d(?:[ -]|$)")
_PAGE = re.compile(r"\s*\.\.\.|.*\[Page \d+\]\s*$|RFC \d+ +\S.*\d{4}$")


class _Reader:
    """One pass over the lines. A line without a mark, deeper than the marks, goes on with the one before."""

    def __init__(self, servers: frozenset[str]) -> None:
        self.assembly = Assembly()
        self._servers = servers
        self._open: tuple[bool, list[str], int] | None = None
        self._depth = 0

    def take(self, text: str, line: int) -> None:
        """Read one line."""
        match = _MARK.fullmatch(text)
        if match:
            self.flush()
            self._depth = len(match[1])
            self._open = (match[2].upper() in self._servers, [match[3]], line)
        elif self._open and self._goes_on(text):
            self._open[1].append(text.strip())
        else:
            self.flush()

    def _goes_on(self, text: str) -> bool:
        depth = len(text) - len(text.lstrip())
        return bool(text.strip()) and depth > self._depth and not _PAGE.match(text)

    def flush(self) -> None:
        """Hand the open line on."""
        if self._open is None:
            return
        server, parts, line = self._open
        self._open = None
        if server and all(_REPLY.match(part) for part in parts):
            for part in parts:
                self.assembly.server(part, line)
            return
        text = _whole(parts)
        if _REMARK.fullmatch(text.strip()) and not (self.assembly.in_letter and not server):
            self.assembly.note(text.strip(), line)
        elif server:
            self.assembly.server(text.strip(), line)
        else:
            self.assembly.client(text, line)


def _whole(parts: Sequence[str]) -> str:
    """A folded line in one piece. Base64 is folded without a space (RFC 4954 4, the examples)."""
    whole = [parts[0]]
    for before, part in pairwise(parts):
        cut = _BASE64_CUT.fullmatch(before) and _BASE64.fullmatch(part)
        whole.append(part if cut else f" {part}")
    return "".join(whole)


def read(source: Sequence[str]) -> Dialogue:
    """Read the style of the RFCs."""
    old = any(_RECEIVER.match(line) for line in source)
    reader = _Reader(frozenset({"R", "SERVER"} if old else {"S", "SERVER", "R"}))
    for number, line in enumerate(source, 1):
        reader.take(line, number)
    reader.flush()
    return Dialogue(reader.assembly.entries())


def write(dialogue: Dialogue) -> str:
    """Write the style of the RFCs, for people: notes in round brackets, controls as visible signs."""
    return "".join(f"{printable(line).rstrip()}\n" for line in _lines(dialogue))


def _lines(dialogue: Dialogue) -> Iterable[str]:
    for entry, text in spoken(dialogue.entries):
        match entry:
            case Client() | Content():
                yield f"C: {text}"
            case Server(code, lines):
                more, last = (f"S: {code}-", f"S: {code} ") if code else ("S: ", "S: ")
                yield from (f"{more}{line}" for line in lines[:-1])
                yield f"{last}{lines[-1]}"
            case Note():
                yield f"({text})"
            case _:
                pass


FORMAT = Format(
    name="rfc",
    keeps=SPOKEN,
    read=read,
    write=write,
    signs=(
        Sign(r"\s*(?:C|Client)[:>] ?(?:EHLO|HELO|MAIL|RCPT|DATA|QUIT)", 60, re.IGNORECASE),
        Sign(r"\s*(?:S|Server)[:>] ?[2-5]\d\d[ -]", 60, re.IGNORECASE),
        Sign(r"\s*R: ?[2-5]\d\d[ -]", 60),
        Sign(r"\s*[CS]: ", 20),
    ),
    limits=("limit-codes-only",),
    shows=frozenset({"notes"}),
)
