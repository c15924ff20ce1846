"""The octets that `BODY[section]<partial>` asks for (RFC 3501 6.4.5)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.protocol.imap.letter.header import chosen_fields
from smtpsim.protocol.imap.letter.part import Part


class Section(NamedTuple):
    """What stands in the brackets. `numbers` lead to a part, () is the whole letter; `text` is "", HEADER,
    HEADER.FIELDS, HEADER.FIELDS.NOT, TEXT or MIME; `fields` are the names behind HEADER.FIELDS."""

    numbers: tuple[int, ...] = ()
    text: str = ""
    fields: tuple[str, ...] = ()


def section_octets(letter: Part, section: Section) -> bytes | None:
    """None where the letter has no such part, or the part no such text."""
    if not section.numbers:
        return _message_text(letter, section)
    part = _part(letter, section.numbers)
    if part is None:
        return None
    if section.text == "MIME":
        return part.header
    if not section.text:
        return part.body
    return _message_text(part.message, section) if part.message else None


def _part(letter: Part, numbers: tuple[int, ...]) -> Part | None:
    """Follow part numbers. In a letter that is no multipart, part 1 is its body."""
    part: Part | None = letter
    inside_letter = True
    for number in numbers:
        if part and not inside_letter and part.message:
            part, inside_letter = part.message, True
        if part is None:
            return None
        if part.parts:
            part = part.parts[number - 1] if number <= len(part.parts) else None
        elif not inside_letter or number != 1:
            return None
        inside_letter = False
    return part


def _message_text(message: Part, section: Section) -> bytes:
    if section.text == "HEADER":
        return message.header
    if section.text == "TEXT":
        return message.body
    if section.text.startswith("HEADER.FIELDS"):
        return chosen_fields(message.header, section.fields, section.text.endswith(".NOT"))
    return message.octets
