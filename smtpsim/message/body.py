"""The body of a message as a mail program writes it: as it is where SMTP can carry it, encoded where not."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_LINE = 998
"""Octets of a line of text, without CRLF (RFC 5322 2.1.1)."""

BASE64_LINE = 57
"""Octets that become one line of 76 characters in base64 (RFC 2045 6.8)."""

_LINE_END = re.compile("\r\n|\r|\n")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Body(NamedTuple):
    """The MIME fields that tell how it is written, and its lines, without line ends."""

    fields: tuple[str, ...]
    lines: tuple[bytes, ...]


def written(text: str, offered: frozenset[str]) -> Body:
    """Write `text` for a server that offers these extensions; without 8BITMIME it stays within ASCII.

    The text holds no lone surrogates. Its line ends may be any; a last one adds no empty line.
    """
    lines = tuple(line.encode() for line in _LINE_END.split(text))
    if lines[-1] == b"":
        lines = lines[:-1]
    bare = not _CONTROL.search(_LINE_END.sub("", text)) and max(map(len, lines), default=0) <= LONGEST_LINE
    if bare and text.isascii():
        return Body((), lines)
    if bare and "8BITMIME" in offered:
        return Body(_fields("utf-8", "8bit"), lines)
    whole = b"".join(line + b"\r\n" for line in lines)
    return _quoted_printable(whole) if text.isascii() else _base64(whole)


def _fields(charset: str, encoding: str) -> tuple[str, ...]:
    return (
        "MIME-Version: 1.0",
        f"Content-Type: text/plain; charset={charset}",
        f"Content-Transfer-Encoding: {encoding}",
    )


def _quoted_printable(octets: bytes) -> Body:
    """For text that is mostly ASCII, which stays readable (RFC 2045 6.7)."""
    from binascii import b2a_qp

    encoded = b2a_qp(octets, istext=True)
    return Body(_fields("us-ascii", "quoted-printable"), tuple(encoded.removesuffix(b"\r\n").split(b"\r\n")))


def _base64(octets: bytes) -> Body:
    return Body(_fields("utf-8", "base64"), base64_lines(octets))


def base64_lines(octets: bytes) -> tuple[bytes, ...]:
    """The octets in base64, as lines without their ends."""
    from binascii import b2a_base64

    starts = range(0, len(octets), BASE64_LINE)
    return tuple(b2a_base64(octets[start : start + BASE64_LINE], newline=False) for start in starts)
