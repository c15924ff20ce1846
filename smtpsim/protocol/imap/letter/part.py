"""The MIME parts of a letter as slices of its octets (RFC 2046 5.1), so that each is to the byte what was sent.

A letter that breaks the rules has parts all the same: what cannot be cut is one part.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.protocol.imap.letter.header import Header, read_header, split_header
from smtpsim.protocol.imap.letter.parameters import MESSAGE, TEXT, ContentType, read_content_type

DEEPEST = 16
"""Parts within parts beyond this are taken as plain octets."""

MOST_PARTS = 1000
"""Parts of one letter beyond these belong to the last one."""

_OCTETS = ContentType("application", "octet-stream")


class Part(NamedTuple):
    """A body part, or a whole letter, which has the same shape.

    `header` keeps the empty line behind it. A multipart has `parts`, a message/rfc822 its `message`; all others
    have neither.
    """

    octets: bytes
    header: bytes
    body: bytes
    fields: Header
    content: ContentType
    parts: tuple[Part, ...] = ()
    message: Part | None = None

    @property
    def multipart(self) -> bool:
        return bool(self.parts)


def read_letter(octets: bytes) -> Part:
    """Take a letter apart."""
    return _Reader().part(octets, TEXT, 0)


class _Reader:
    """Counts the parts of one letter."""

    def __init__(self) -> None:
        self._left = MOST_PARTS

    def part(self, octets: bytes, otherwise: ContentType, depth: int) -> Part:
        self._left -= 1
        header, body = split_header(octets)
        fields = read_header(header)
        content = read_content_type(fields.value("content-type"), otherwise)
        leaf = Part(octets, header, body, fields, content)
        if content.kind == "multipart":
            return self._multipart(leaf, depth)
        if (content.kind, content.subtype) == ("message", "rfc822"):
            return self._message(leaf, depth)
        return leaf

    def _message(self, leaf: Part, depth: int) -> Part:
        if depth >= DEEPEST or self._left <= 0:
            return leaf._replace(content=_OCTETS)
        return leaf._replace(message=self.part(leaf.body, TEXT, depth + 1))

    def _multipart(self, leaf: Part, depth: int) -> Part:
        boundary = leaf.content.parameter("boundary")
        if not boundary or depth >= DEEPEST or self._left <= 0:
            return leaf._replace(content=_OCTETS)
        otherwise = MESSAGE if leaf.content.subtype == "digest" else TEXT
        pieces = _cut(leaf.body, boundary.encode("utf-8", "surrogateescape"), self._left)
        parts = tuple(self.part(piece, otherwise, depth + 1) for piece in pieces)
        return leaf._replace(parts=parts) if parts else leaf._replace(content=_OCTETS)


def _cut(body: bytes, boundary: bytes, most: int) -> list[bytes]:
    """What stands between the delimiter lines. The CRLF before a delimiter belongs to it (RFC 2046 5.1.1)."""
    # delimiter = CRLF "--" boundary ; then transport-padding, or "--" for the last
    delimiter = re.compile(rb"(?:\A|\r\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r\n|\Z)")
    pieces: list[bytes] = []
    start = -1
    for match in delimiter.finditer(body):
        if start >= 0:
            pieces.append(body[start : match.start()])
        start = match.end() + 2
        if match.group(1):
            return pieces
        if len(pieces) >= most:
            break
    return [*pieces, body[start:]] if start >= 0 else pieces
