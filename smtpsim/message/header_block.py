"""The header of a whole letter as octets: where it ends, and fields taken out of it (RFC 5322 2.1, 2.2)."""

from __future__ import annotations

import re
from functools import cache

# field-name ":" unstructured CRLF, with folded lines behind it; spaces before the colon are obsolete syntax
_FIELD = rb"[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*"
_BLOCK = re.compile(rb"(?:[!-9;-~]+" + _FIELD + rb")*")


def header_octets(octets: bytes) -> bytes:
    """The header of a letter with CRLF line ends, without the empty line behind it.

    It ends where a line is no field, also without an empty line.
    """
    match = _BLOCK.match(octets)
    return match.group() if match else b""


def occurrences(octets: bytes, name: str) -> int:
    """How many fields of that name the header has, in any case."""
    return len(_named(name).findall(header_octets(octets)))


def without_fields(octets: bytes, name: str) -> bytes:
    """The letter without the fields of that name in its header."""
    header = header_octets(octets)
    left = _named(name).sub(b"", header)
    return octets if left == header else left + octets[len(header) :]


@cache
def _named(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"^" + re.escape(name.encode("ascii")) + _FIELD, re.IGNORECASE | re.MULTILINE)
