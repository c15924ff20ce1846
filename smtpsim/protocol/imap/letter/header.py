"""The header of a letter or of one of its parts, field by field (RFC 5322 2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.kernel.printable import decoded

LONGEST_VALUE = 65_536
"""Octets of one field that are looked at: a letter may hold any number."""

MOST_FIELDS = 10_000
"""Fields of one header that are looked at."""

# A field ends with a CRLF that no folding white space follows (RFC 5322 2.2.3)
_FIELD_END = re.compile(rb"\r\n(?![ \t])")

_BLANKS = re.compile(r"[ \t\r\n]+")


class Field(NamedTuple):
    """`name` is in lower case; `octets` is the whole field as it stands there, folds and all, but for its last CRLF."""

    name: str
    octets: bytes

    @property
    def value(self) -> str:
        """What stands behind the colon, unfolded; encoded words stay encoded."""
        behind = self.octets[:LONGEST_VALUE].partition(b":")[2]
        return _BLANKS.sub(" ", decoded(behind)).strip(" ")


class Header(NamedTuple):
    """All fields in their order."""

    fields: tuple[Field, ...]

    def value(self, name: str) -> str | None:
        """The first field of that name (in lower case), None if there is none."""
        return next((field.value for field in self.fields if field.name == name), None)

    def values(self, name: str) -> list[str]:
        return [field.value for field in self.fields if field.name == name]


def split_header(octets: bytes) -> tuple[bytes, bytes]:
    """Header and body. The header keeps the empty line that ends it; without one there is no body."""
    if octets.startswith(b"\r\n"):
        return octets[:2], octets[2:]
    end = octets.find(b"\r\n\r\n")
    return (octets, b"") if end < 0 else (octets[: end + 4], octets[end + 4 :])


def read_header(octets: bytes) -> Header:
    """The fields of a header; lines that are none are left out."""
    pieces = (piece for piece in _FIELD_END.split(octets, MOST_FIELDS)[:MOST_FIELDS] if b":" in piece)
    return Header(tuple(Field(decoded(piece.partition(b":")[0]).strip(" \t").lower(), piece) for piece in pieces))


def chosen_fields(octets: bytes, names: Iterable[str], others: bool) -> bytes:
    """The fields of these names, or with `others` all but these, and an empty line (RFC 3501 6.4.5)."""
    wanted = {name.lower() for name in names}
    fields = read_header(octets).fields
    return b"".join(field.octets + b"\r\n" for field in fields if (field.name in wanted) != others) + b"\r\n"
