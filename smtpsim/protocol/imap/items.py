"""The items that FETCH can ask for, and how they are read (RFC 3501 6.4.5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.quoting import listed
from smtpsim.protocol.imap.scanner import Scanner, read_list, read_word
from smtpsim.protocol.imap.sections import Section

MOST_ITEMS = 100

Slice = tuple[int, int]
"""Where to begin, counted from 0, and how many octets at most."""


class Item(NamedTuple):
    """`name` is what the response calls it. A `section` makes it a piece of the letter, perhaps only a slice of it;
    `peeks`: it does not count as reading the letter, which would set \\Seen."""

    name: str
    section: Section | None = None
    slice: Slice | None = None
    peeks: bool = True


_WHOLE = Section()
_HEADER = Section(text="HEADER")
_TEXT = Section(text="TEXT")

_PLAIN = ("UID", "FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY", "BODYSTRUCTURE")

ITEMS: dict[str, Item] = {
    **{name: Item(name) for name in _PLAIN},
    "RFC822": Item("RFC822", _WHOLE, peeks=False),
    "RFC822.HEADER": Item("RFC822.HEADER", _HEADER),
    "RFC822.TEXT": Item("RFC822.TEXT", _TEXT, peeks=False),
}
"""The items without brackets."""

_FAST = ("FLAGS", "INTERNALDATE", "RFC822.SIZE")

MACROS: dict[str, tuple[Item, ...]] = {
    "FAST": tuple(ITEMS[name] for name in _FAST),
    "ALL": tuple(ITEMS[name] for name in (*_FAST, "ENVELOPE")),
    "FULL": tuple(ITEMS[name] for name in (*_FAST, "ENVELOPE", "BODY")),
}
"""A macro stands alone, never in a list."""

_MACRO = re.compile(r"(ALL|FAST|FULL)(?= *\Z)", re.IGNORECASE)

# section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT" ; section-text adds "MIME"
_SECTION_TEXT = re.compile(r"HEADER(?:\.FIELDS(?:\.NOT)?)?|TEXT|MIME", re.IGNORECASE)


def read_items(scanner: Scanner) -> tuple[Item, ...] | Fault:
    """ "ALL" / "FULL" / "FAST" / fetch-att / "(" fetch-att *(SP fetch-att) ")" """
    macro = scanner.take(_MACRO)
    if macro:
        return MACROS[macro.group().upper()]
    if not scanner.looking_at("("):
        item = _read_item(scanner)
        return item if isinstance(item, Fault) else (item,)
    items = read_list(scanner, _read_item)
    if isinstance(items, Fault):
        return items
    if not items:
        return scanner.fault("imap-fetch-item", "()")
    return items if len(items) <= MOST_ITEMS else scanner.fault("imap-too-many", str(MOST_ITEMS))


def _read_item(scanner: Scanner) -> Item | Fault:
    start = scanner.at
    word = scanner.take(grammar.FETCH_WORD)
    name = word.group().upper() if word else ""
    if name in ("BODY", "BODY.PEEK") and scanner.skip("["):
        return _read_bracketed(scanner, peeks=name == "BODY.PEEK")
    if name not in ITEMS:
        scanner.at = start
        return scanner.fault("imap-fetch-item")
    return ITEMS[name]


def _read_bracketed(scanner: Scanner, peeks: bool) -> Item | Fault:
    """section = "[" [section-spec] "]" ["<" number "." nz-number ">"]"""
    section = _read_section(scanner)
    if isinstance(section, Fault):
        return section
    if not scanner.skip("]"):
        return scanner.fault("imap-section-syntax")
    name = f"BODY[{_section_name(section)}]"
    if not scanner.looking_at("<"):
        return Item(name, section, None, peeks)
    partial = scanner.take(grammar.PARTIAL)
    if not partial:
        return scanner.fault("imap-partial-syntax")
    begin, most = int(partial.group(1)), int(partial.group(2))
    return Item(f"{name}<{begin}>", section, (begin, most), peeks)


def _read_section(scanner: Scanner) -> Section | Fault:
    """section-spec = section-msgtext / (section-part ["." section-text])"""
    numbers = scanner.take(grammar.SECTION_PART)
    path = tuple(map(int, numbers.group().split("."))) if numbers else ()
    if scanner.looking_at("]") or (path and not scanner.skip(".")):
        return Section(path)
    start = scanner.at
    match = scanner.take(_SECTION_TEXT)
    text = match.group().upper() if match else ""
    if not text or (text == "MIME" and not path):
        scanner.at = start
        return scanner.fault("imap-section-syntax")
    if "FIELDS" not in text:
        return Section(path, text)
    fields = scanner.after_space(lambda scanner: read_list(scanner, _read_field_name))
    return fields if isinstance(fields, Fault) else Section(path, text, fields)


def _read_field_name(scanner: Scanner) -> str | Fault:
    start = scanner.at
    name = read_word(scanner)
    if isinstance(name, Fault) or grammar.FIELD_NAME.fullmatch(name):
        return name
    return scanner.fault("imap-field-name", name, start)


def _section_name(section: Section) -> str:
    """The section as the response repeats it."""
    spec = ".".join((*map(str, section.numbers), section.text)).strip(".")
    return f"{spec} {listed(map(_field_name, section.fields))}" if "FIELDS" in section.text else spec


def _field_name(name: str) -> str:
    """A name that is no astring goes in quotes."""
    return name if grammar.ASTRING.fullmatch(name) else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
