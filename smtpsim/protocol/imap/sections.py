"""The octets that `BODY[section]<partial>` asks for (RFC 3501 6.4.5)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.message.header_block import chosen_fields
from smtpsim.message.mime import Entity, Part


class Section(NamedTuple):
    """What stands in the brackets. `numbers` lead to a part, () is the whole message; `text` is "", HEADER,
    HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT or MIME; `fields` are the names after HEADER.FIELDS."""

    numbers: tuple[int, ...] = ()
    text: str = ""
    fields: tuple[str, ...] = ()


def section_octets(message: Part, section: Section) -> bytes | None:
    """None where the message has no such part, or the part no such text."""
    if not section.numbers:
        return _message_text(message.entity, section)
    part = _part(message, section.numbers)
    if part is None:
        return None
    if section.text == "MIME":
        return part.entity.header
    if not section.text:
        return part.entity.body
    return _message_text(part.message.entity, section) if part.message else None


def _part(message: Part, numbers: tuple[int, ...]) -> Part | None:
    """Follow part numbers. In a message that is no multipart, part 1 is its body."""
    part: Part | None = message
    inside_message = True
    for number in numbers:
        if part and not inside_message and part.message:
            part, inside_message = part.message, True
        if part is None:
            return None
        if part.parts:
            part = part.parts[number - 1] if number <= len(part.parts) else None
        elif not inside_message or number != 1:
            return None
        inside_message = False
    return part


def _message_text(message: Entity, section: Section) -> bytes:
    if section.text == "HEADER":
        return message.header
    if section.text == "TEXT":
        return message.body
    if section.text.startswith("HEADER.FIELDS"):
        return chosen_fields(message.head, section.fields, section.text.endswith(".NOT")) + b"\r\n"
    return message.octets
