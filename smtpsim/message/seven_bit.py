"""A message with octets beyond ASCII, made fit for a host without 8BITMIME (RFC 6152 3): the structure stays, bodies
get a transfer encoding (RFC 2045 6), and a header says the same in ASCII. A DKIM signature does not survive that."""

from __future__ import annotations

import re
from binascii import b2a_qp

from smtpsim.message.ascii_header import ascii_header
from smtpsim.message.body import base64_lines
from smtpsim.message.header_block import header_octets, occurrences, without_fields
from smtpsim.message.mime import Entity, Part, read_parts

ENCODING = "Content-Transfer-Encoding"

IDENTITIES = ("", "7bit", "8bit", "binary")
"""Encodings that change nothing; a body in another one is not encoded a second time (RFC 2045 6.4)."""

UNKNOWN = "unknown-8bit"
"""The charset of a body whose header says nothing of it, and that is no UTF-8 (RFC 1428 3)."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def needs_eight_bits(octets: bytes) -> bool:
    """Whether the body, not the header, holds octets beyond ASCII."""
    return not octets.isascii() and not octets.partition(b"\r\n\r\n")[2].isascii()


def seven_bit(octets: bytes, host: str) -> bytes | None:
    """The message in ASCII, as `host` writes it; None where nothing may be changed inside: a signed part (RFC 1847
    2.1), a part that is encoded already, or one of a type that must not be (RFC 2045 6.4)."""
    message = read_parts(octets)
    converted = _converted(message, host)
    if converted is None or message.entity.body.isascii() or occurrences(octets, "MIME-Version"):
        return converted
    described = b"" if occurrences(octets, "Content-Type") else _described(message.entity.body)
    head = header_octets(converted)
    return head + b"MIME-Version: 1.0\r\n" + described + converted[len(head) :]


def _described(body: bytes) -> bytes:
    """What a body is of which its header says nothing. Text in another charset is hardly ever UTF-8 (RFC 3629)."""
    try:
        body.decode()
        charset = "utf-8"
    except UnicodeDecodeError:
        charset = UNKNOWN
    return f"Content-Type: text/plain; charset={charset}\r\n".encode()


def _converted(part: Part, host: str) -> bytes | None:
    entity = part.entity
    if entity.octets.isascii():
        return entity.octets
    if entity.body.isascii():
        return ascii_header(entity.header) + entity.body
    if part.content[:2] == ("multipart", "signed"):
        return None
    if part.message:
        inside = _converted(part.message, host)
        return None if inside is None else _relabelled(entity) + inside
    if part.parts:
        return _with_parts(part, host)
    if part.content.kind in ("multipart", "message") or _encoding(entity) not in IDENTITIES:
        return None
    return _encoded(part, host)


def _with_parts(part: Part, host: str) -> bytes | None:
    """A multipart with its parts converted, its delimiters as they were.

    A part that changes holds an octet beyond ASCII, and no delimiter does, so that looking for it finds its own place.
    """
    body, left = b"", part.entity.body
    for child in part.parts:
        inside = _converted(child, host)
        if inside is None:
            return None
        if inside is not child.entity.octets:
            before, _, left = left.partition(child.entity.octets)
            body += before + inside
    return _relabelled(part.entity) + _BEYOND_ASCII.sub(b"?", body + left)


def _encoding(entity: Entity) -> str:
    return (entity.headers.first(ENCODING) or "").strip().lower()


def _relabelled(entity: Entity) -> bytes:
    """The header of a composite part, whose encoding can only be 7bit now."""
    if _encoding(entity) in ("", "7bit"):
        return ascii_header(entity.header)
    return _with_encoding(entity, f"{ENCODING}: 7bit\r\n")


def _with_encoding(entity: Entity, fields: str) -> bytes:
    """The header with these fields in the place of its encoding, and the empty line after it."""
    return ascii_header(without_fields(entity.head, ENCODING)) + fields.encode("ascii") + b"\r\n"


def _encoded(part: Part, host: str) -> bytes:
    """A leaf in the shorter of the two encodings; what is no text always in base64, since line ends count there."""
    body = part.entity.body
    name, encoded = "base64", b"".join(line + b"\r\n" for line in base64_lines(body))
    printable = b2a_qp(body, istext=True)
    if part.content.kind == "text" and len(printable) <= len(encoded):
        name, encoded = "quoted-printable", printable
    # Custom (Sendmail): the host leaves a note of it beside the encoding
    note = f"{ENCODING}: {name}\r\nX-MIME-Autoconverted: from 8bit to {name} by {host}\r\n"
    return _with_encoding(part.entity, note) + encoded
