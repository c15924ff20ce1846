"""The parts of a letter (RFC 2045, RFC 2046): read as far as they can be, whatever the octets are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from smtpsim.message.charset import text_of
from smtpsim.message.headers import NO_HEADERS, Headers
from smtpsim.message.parameters import file_name, read_value

DEEPEST = 20
"""Levels of multipart within multipart that are taken apart; what lies deeper is one part."""

MOST_PARTS = 500
"""Parts of one letter that are looked at."""

PLAIN = "text/plain"
HTML = "text/html"


class Opened(NamedTuple):
    """An entity taken apart: its header read, the octets of that header, and those behind it."""

    headers: Headers
    head: bytes
    body: bytes


class Part(NamedTuple):
    """A part that is no multipart. `kind` is its media type; `octets` are what its encoding stood for."""

    kind: str
    charset: str
    name: str
    attached: bool
    octets: bytes

    @property
    def text(self) -> str:
        return text_of(self.octets, self.charset)


def opened(octets: bytes) -> Opened:
    """Take header and body apart. The body begins behind an empty line, or with a line that is no field."""
    headers, at = NO_HEADERS, 0
    while at < len(octets):
        end = octets.find(b"\n", at) + 1 or len(octets)
        found = headers.add(_without_end(octets[at:end]))
        if found.broken:
            break
        headers, at = found, end
        if headers.ended:
            return Opened(headers, _without_end(octets[:at]), octets[at:])
    return Opened(headers, octets[:at], octets[at:])


def _without_end(line: bytes) -> bytes:
    return line[:-1].removesuffix(b"\r") if line.endswith(b"\n") else line


def parts_of(entity: Opened) -> tuple[Part, ...]:
    """The parts that a reader's program shows or offers, in their order; of alternatives the one it shows."""
    return tuple(islice(_parts(entity, PLAIN, DEEPEST), MOST_PARTS))


def kind_of(headers: Headers, usual: str = PLAIN) -> str:
    """The media type; `usual` where none is named (RFC 2045 5.2, RFC 2046 5.1.5)."""
    value = next(iter(headers.values("Content-Type")), "")
    kind = read_value(value).word.lower()
    return kind if "/" in kind else usual


def _parts(entity: Opened, usual: str, depth: int) -> Iterator[Part]:
    kind = kind_of(entity.headers, usual)
    inner = _inner(entity) if depth and kind.startswith("multipart/") else []
    if not inner:
        yield _part(entity, kind)
        return
    within = "message/rfc822" if kind == "multipart/digest" else PLAIN
    for one in _chosen(inner) if kind == "multipart/alternative" else inner:
        yield from _parts(one, within, depth - 1)


def _chosen(alternatives: list[Opened]) -> list[Opened]:
    """Of alternatives, the plain text; without one, the last, which is the richest (RFC 2046 5.1.4)."""
    return [one for one in alternatives if kind_of(one.headers) == PLAIN][:1] or alternatives[-1:]


def _inner(entity: Opened) -> list[Opened]:
    """The entities between the boundaries, [] when there is no boundary."""
    boundary = read_value(next(iter(entity.headers.values("Content-Type")), "")).parameters.get("boundary", "")
    if not boundary:
        return []
    pieces = _between(entity.body, boundary.encode("utf-8", "surrogateescape"))
    return [opened(piece) for piece in islice(pieces, MOST_PARTS)]


def _between(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the delimiters (RFC 2046 5.1.1); the last may be missing."""
    delimiter = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    start = -1
    for found in delimiter.finditer(body):
        if start >= 0:
            yield body[start : found.start()]
        if found[1]:
            return
        start = found.end() + (2 if body.startswith(b"\r\n", found.end()) else 1)
    if start >= 0:
        yield body[start:]


def _part(entity: Opened, kind: str) -> Part:
    headers = entity.headers
    content_type = read_value(next(iter(headers.values("Content-Type")), ""))
    disposition = read_value(next(iter(headers.values("Content-Disposition")), ""))
    encoding = next(iter(headers.values("Content-Transfer-Encoding")), "")
    return Part(
        kind=kind,
        charset=content_type.parameters.get("charset", ""),
        name=file_name(disposition.parameters, "filename") or file_name(content_type.parameters, "name"),
        attached=disposition.word.lower() == "attachment",
        octets=_decoded(entity.body, encoding.strip().lower()),
    )


def _decoded(octets: bytes, encoding: str) -> bytes:
    decode = _DECODERS.get(encoding)
    return decode(octets) if decode else octets


_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))


def _from_base64(octets: bytes) -> bytes:
    """What is no base64 is passed over (RFC 2045 6.8), and so is an end that is cut short."""
    from binascii import a2b_base64

    digits = octets.partition(b"=")[0].translate(None, _NOT_BASE64)
    whole = digits[: -1 if len(digits) % 4 == 1 else None]
    return a2b_base64(whole + b"=" * (-len(whole) % 4))


def _from_quoted_printable(octets: bytes) -> bytes:
    from binascii import a2b_qp

    return a2b_qp(octets)


_DECODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "base64": _from_base64,
    "quoted-printable": _from_quoted_printable,
}
