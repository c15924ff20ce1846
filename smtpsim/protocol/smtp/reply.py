"""A reply: its rule (one row of a table) and what is said on the wire (RFC 5321 4.2, RFC 2034)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from smtpsim.kernel.printable import encoded, printable
from smtpsim.kernel.ref import Ref


class ReplyRule(NamedTuple):
    """One row of a reply table. `text` may hold `{fields}` and line breaks; `enhanced` may be ""."""

    key: str
    code: int
    enhanced: str
    text: str
    ref: Ref

    @property
    def accepts(self) -> bool:
        return self.code < 400


class Reply(NamedTuple):
    """What the server says. `lines` are the texts after the code, as they go over the wire."""

    key: str
    code: int
    enhanced: str
    lines: tuple[str, ...]
    ref: Ref

    @property
    def accepts(self) -> bool:
        return self.code < 400

    def wire(self) -> str:
        """The reply as sent, every line ended by CRLF (RFC 5321 4.2.1)."""
        *early, last = self.lines
        return "".join(f"{self.code}-{line}\r\n" for line in early) + f"{self.code} {last}\r\n"


FIELD = re.compile(r"\{(\w+)\}")


LONGEST_LINE = 512
"""Octets of a reply line, its code and CRLF included (RFC 5321 4.5.3.1.5)."""

_AROUND = len("250 \r\n")


def fill(rule: ReplyRule, text: str, values: Mapping[str, object], enhanced: bool, utf8: bool = False) -> Reply:
    """Say `rule` with `text`; `enhanced` codes are shown once EHLO asked for them (RFC 2034 3), and characters beyond
    ASCII as they are in a mail that is sent with SMTPUTF8 (`utf8`, RFC 6531 3.7.4).

    What strangers wrote stands in `values`: it can add neither lines nor control characters. A field without
    a value stays as it is written. What is too long for one line goes on in the next.
    """
    if "{" in text:
        text = FIELD.sub(lambda field: printable(str(values.get(field[1], field[0]))), text)
    if not utf8 and not text.isascii():
        text = _BEYOND_ASCII.sub(_in_ascii, text)
    shown = f"{rule.enhanced} " if enhanced and rule.enhanced else ""
    room = LONGEST_LINE - _AROUND - len(shown)
    lines = text.split("\n")
    if len(text) > room // 4:  # a character has four octets at most
        lines = [piece for line in lines for piece in _cut(line, room)]
    said = tuple(shown + line for line in lines) if shown else tuple(lines)
    return Reply(rule.key, rule.code, rule.enhanced, said, rule.ref)


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def _in_ascii(found: re.Match[str]) -> str:
    """A character as `\\x{3042}`, the form that addresses have in reports to those who cannot take UTF-8 (RFC 6533 3).
    A control, which `printable` has made a picture of, stands for itself."""
    number = ord(found[0])
    if 0x2400 <= number <= 0x241F:
        number -= 0x2400
    return f"\\x{{{number:02X}}}"


def _cut(line: str, room: int) -> Iterator[str]:
    """The line in pieces of at most `room` octets, cut after a blank where one is in the second half."""
    while len(encoded(line)) > room:
        piece = encoded(line)[:room].decode("utf-8", "ignore")
        blank = piece.rfind(" ", room // 2)
        end = blank + 1 if blank >= 0 else len(piece)
        yield line[:end].rstrip(" ")
        line = line[end:]
    yield line
