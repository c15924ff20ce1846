"""BODY and BODYSTRUCTURE: a message's parts without their content (RFC 3501 7.4.2)."""

from __future__ import annotations

from smtpsim.message.mime import Part
from smtpsim.message.parameters import read_value
from smtpsim.protocol.imap.envelope import envelope
from smtpsim.protocol.imap.quoting import NIL, listed, nstring, string


def body(part: Part) -> str:
    """BODY: the structure without extension data."""
    return _structure(part, extended=False)


def body_structure(part: Part) -> str:
    """BODYSTRUCTURE: with extension data."""
    return _structure(part, extended=True)


def _structure(part: Part, extended: bool) -> str:
    extension = _extension(part) if extended else ()
    if not part.parts:
        return listed((*_single(part, extended), *extension))
    inside = "".join(_structure(child, extended) for child in part.parts)
    return listed((inside, string(part.content.subtype.upper()), *extension))


def _single(part: Part, extended: bool) -> tuple[str, ...]:
    """body-fields, and what a text or an enclosed message tells besides"""
    headers, content = part.entity.headers, part.told
    told = (
        string(content.kind.upper()),
        string(content.subtype.upper()),
        _parameters(content.pairs),
        nstring(headers.first("content-id")),
        nstring(headers.first("content-description")),
        string((headers.first("content-transfer-encoding") or "7bit").strip().upper()),
        str(len(part.entity.body)),
    )
    lines = str(part.entity.body.count(b"\r\n"))
    if part.message:
        return (*told, envelope(part.message.entity.headers), _structure(part.message, extended), lines)
    return (*told, lines) if content.kind == "text" else told


def _extension(part: Part) -> tuple[str, ...]:
    """What only BODYSTRUCTURE tells: parameters of a multipart, MD5 of others; disposition, language, location"""
    headers = part.entity.headers
    first = _parameters(part.content.pairs) if part.parts else nstring(headers.first("content-md5"))
    language = nstring(headers.first("content-language"))
    return (first, _disposition(part), language, nstring(headers.first("content-location")))


def _disposition(part: Part) -> str:
    """Content-Disposition as it stands there (RFC 2183 2)."""
    word, pairs = read_value(part.entity.headers.first("content-disposition") or "")
    return listed((string(word), _parameters(pairs))) if word else NIL


def _parameters(pairs: tuple[tuple[str, str], ...]) -> str:
    return listed(string(text) for pair in pairs for text in pair) if pairs else NIL
