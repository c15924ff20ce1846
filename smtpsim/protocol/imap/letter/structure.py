"""BODY and BODYSTRUCTURE: a letter's parts without their content (RFC 3501 7.4.2)."""

from __future__ import annotations

from smtpsim.protocol.imap.letter.envelope import envelope
from smtpsim.protocol.imap.letter.parameters import Parameters, read_disposition
from smtpsim.protocol.imap.letter.part import Part
from smtpsim.protocol.imap.quoting import NIL, listed, nstring, string


def body(part: Part) -> str:
    """BODY: the structure without extension data."""
    return _structure(part, extended=False)


def body_structure(part: Part) -> str:
    return _structure(part, extended=True)


def _structure(part: Part, extended: bool) -> str:
    extension = _extension(part) if extended else ()
    if not part.parts:
        return listed((*_single(part, extended), *extension))
    inside = "".join(_structure(child, extended) for child in part.parts)
    return listed((inside, string(part.content.subtype.upper()), *extension))


def _single(part: Part, extended: bool) -> tuple[str, ...]:
    """body-fields, and what a text or an enclosed message tells besides"""
    fields, content = part.fields, part.content
    told = (
        string(content.kind.upper()),
        string(content.subtype.upper()),
        _parameters(content.parameters),
        nstring(fields.value("content-id")),
        nstring(fields.value("content-description")),
        string((fields.value("content-transfer-encoding") or "7bit").upper()),
        str(len(part.body)),
    )
    lines = str(part.body.count(b"\r\n"))
    if part.message:
        return (*told, envelope(part.message.fields), _structure(part.message, extended), lines)
    return (*told, lines) if content.kind == "text" else told


def _extension(part: Part) -> tuple[str, ...]:
    """What only BODYSTRUCTURE tells: parameters of a multipart, MD5 of others; disposition, language, location"""
    fields = part.fields
    first = _parameters(part.content.parameters) if part.parts else nstring(fields.value("content-md5"))
    language = nstring(fields.value("content-language"))
    return (first, _disposition(part), language, nstring(fields.value("content-location")))


def _disposition(part: Part) -> str:
    found = read_disposition(part.fields.value("content-disposition"))
    return listed((string(found.kind), _parameters(found.parameters))) if found else NIL


def _parameters(parameters: Parameters) -> str:
    return listed(string(text) for pair in parameters for text in pair) if parameters else NIL
