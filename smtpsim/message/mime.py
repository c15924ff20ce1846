"""The parts of a message (RFC 2045, RFC 2046): read as far as they can be, whatever the octets are.

Every part is a slice of the message's own octets, as IMAP has to give it back (RFC 3501 6.4.5). Own code and not
`email`, which keeps no octets; it ends in a RecursionError at 2,000 parts within parts, and takes 76 ms for 200 of
them, where ours takes 9.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from smtpsim.message.charset import text_of
from smtpsim.message.headers import Headers, fields_of
from smtpsim.message.parameters import MESSAGE, TEXT, ContentType, file_name, read_content_type, read_value

DEEPEST = 20
"""Levels of parts within parts that are taken apart; what lies deeper is one part."""

MOST_PARTS = 500
"""Parts of one message that are looked at; the others belong to the last of them."""

PLAIN = "text/plain"
HTML = "text/html"

_OCTETS = ContentType("application", "octet-stream")

# The fields at the beginning, each with its folded lines; the last may lack its line end
_HEAD = re.compile(rb"(?:[!-9;-~]+[ \t]*:[^\n]*(?:\n|\Z)(?:[ \t][^\n]*(?:\n|\Z))*)*")
_EMPTY_LINE = re.compile(rb"\r?\n")


class Entity(NamedTuple):
    """A message, or a part of one: its header read, the octets of that header, and those of its body. Between them
    stands the empty line, where there is one."""

    octets: bytes
    headers: Headers
    head: bytes
    body: bytes

    @property
    def header(self) -> bytes:
        """The header with the empty line that ends it."""
        return self.octets[: len(self.octets) - len(self.body)]


def opened(octets: bytes) -> Entity:
    """Take header and body apart. The body begins after an empty line, or with a line that is no field."""
    match = _HEAD.match(octets)
    head = match[0] if match else b""
    empty = _EMPTY_LINE.match(octets, len(head))
    body = octets[empty.end() if empty else len(head) :]
    ended = bool(empty or body)
    return Entity(octets, Headers(fields_of(head), ended, ended and not empty), head, body)


class Part(NamedTuple):
    """A part, or a whole message, which has the same shape. A multipart that could be taken apart has `parts`, a
    message/rfc822 its `message`; all others have neither. `content` is what its header says, or what is usual there."""

    entity: Entity
    content: ContentType
    parts: tuple[Part, ...] = ()
    message: Part | None = None

    @property
    def told(self) -> ContentType:
        """The content type to tell others: one that has parts in it, but none that could be read, is mere octets."""
        hollow = self.content.kind == "multipart" and not self.parts
        return _OCTETS if hollow or (self.content[:2] == MESSAGE[:2] and not self.message) else self.content


def read_parts(octets: bytes) -> Part:
    """Take a message apart."""
    return _Reader().part(octets, TEXT, 0)


def exceeds(octets: bytes) -> bool:
    """Whether a message has parts that `read_parts` would leave closed or out: more of them, or deeper ones."""
    folded = octets.lower()
    if b"multipart" not in folded and b"rfc822" not in folded:
        return False
    reader = _Reader()
    reader.part(octets, TEXT, 0)
    return reader.exceeded


class _Reader:
    """Counts the parts of one message, so that a hostile one ends somewhere."""

    def __init__(self) -> None:
        self._left = MOST_PARTS
        self.exceeded = False

    def part(self, octets: bytes, usual: ContentType, depth: int) -> Part:
        self._left -= 1
        entity = opened(octets)
        leaf = Part(entity, read_content_type(entity.headers.first("Content-Type"), usual))
        if depth >= DEEPEST or self._left <= 0:
            self.exceeded |= self._left < 0 or leaf.content.kind == "multipart" or leaf.content[:2] == MESSAGE[:2]
            return leaf
        if leaf.content.kind == "multipart":
            return self._multipart(leaf, depth)
        if leaf.content[:2] == MESSAGE[:2]:
            return leaf._replace(message=self.part(entity.body, TEXT, depth + 1))
        return leaf

    def _multipart(self, leaf: Part, depth: int) -> Part:
        boundary = leaf.content.parameter("boundary")
        if not boundary:
            return leaf
        usual = MESSAGE if leaf.content.subtype == "digest" else TEXT
        pieces = _cut(leaf.entity.body, boundary.encode("utf-8", "surrogateescape"), self._left)
        return leaf._replace(parts=tuple(self.part(piece, usual, depth + 1) for piece in pieces))


def _cut(body: bytes, boundary: bytes, most: int) -> list[bytes]:
    """What stands between the delimiters; the line end before one belongs to it (RFC 2046 5.1.1). The last may be
    missing."""
    # delimiter = CRLF "--" boundary ; then transport-padding, or "--" for the last
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    pieces: list[bytes] = []
    start = -1
    for found in delimiter.finditer(body):
        if start >= 0:
            pieces.append(body[start : found.start()])
        start = found.end() + (2 if body.startswith(b"\r\n", found.end()) else 1)
        if found[1]:
            return pieces
        if len(pieces) >= most:
            break
    return [*pieces, body[start:]] if start >= 0 else pieces


class Leaf(NamedTuple):
    """A part that is no multipart, as a reader's program shows or offers it. `kind` is its media type; `octets` are
    what its encoding stood for."""

    kind: str
    charset: str
    name: str
    attached: bool
    octets: bytes

    @property
    def text(self) -> str:
        return text_of(self.octets, self.charset)


def parts_of(octets: bytes) -> tuple[Leaf, ...]:
    """The parts that a reader's program shows or offers, in their order; of alternatives the one it shows."""
    return tuple(islice(_leaves(read_parts(octets)), MOST_PARTS))


def all_parts(octets: bytes) -> tuple[Leaf, ...]:
    """All parts that are no multipart, in their order; of alternatives every one."""
    return tuple(islice(_every(read_parts(octets)), MOST_PARTS))


def _every(part: Part) -> Iterator[Leaf]:
    if not part.parts:
        yield _leaf(part)
    for one in part.parts:
        yield from _every(one)


def _leaves(part: Part) -> Iterator[Leaf]:
    if not part.parts:
        yield _leaf(part)
        return
    for one in _chosen(part.parts) if part.content.subtype == "alternative" else part.parts:
        yield from _leaves(one)


def _chosen(alternatives: tuple[Part, ...]) -> tuple[Part, ...]:
    """Of alternatives, the plain text; without one, the last, which is the richest (RFC 2046 5.1.4)."""
    return tuple(one for one in alternatives if one.content.media_type == PLAIN)[:1] or alternatives[-1:]


def _leaf(part: Part) -> Leaf:
    headers, content = part.entity.headers, part.content
    disposition = read_value(headers.first("Content-Disposition") or "")
    parameters = {name.lower(): value for name, value in reversed(content.pairs)}
    return Leaf(
        kind=content.media_type,
        charset=content.parameter("charset"),
        name=file_name(disposition.parameters, "filename") or file_name(parameters, "name"),
        attached=disposition.word.lower() == "attachment",
        octets=transfer_decoded(part),
    )


def transfer_decoded(part: Part) -> bytes:
    """The body without its transfer encoding (RFC 2045 6); one that nobody knows is left as it is."""
    encoding = part.entity.headers.first("Content-Transfer-Encoding") or ""
    decode = _DECODERS.get(encoding.strip().lower())
    return decode(part.entity.body) if decode else part.entity.body


_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))


def _from_base64(octets: bytes) -> bytes:
    """What is no base64 is passed over (RFC 2045 6.8), and so is an end that is cut short. Text that was only called
    base64 is left as it is: it has other signs, and no padding."""
    from binascii import a2b_base64

    text, padding, _ = octets.partition(b"=")
    if not padding and text.translate(None, _BASE64 + b" \t\r\n"):
        return octets
    digits = text.translate(None, _NOT_BASE64)
    whole = digits[: -1 if len(digits) % 4 == 1 else None]
    return a2b_base64(whole + b"=" * (-len(whole) % 4))


def _from_quoted_printable(octets: bytes) -> bytes:
    from binascii import a2b_qp

    return a2b_qp(octets)


_DECODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "base64": _from_base64,
    "quoted-printable": _from_quoted_printable,
}
