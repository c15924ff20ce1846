"""Records as text that a person reads and types: one value, a line of a zone file, a whole zone file."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from smtpsim.kernel.dns import MX, Record
from smtpsim.spf.address import ip4_value, ip6_value
from smtpsim.spf.name import usable
from smtpsim.world.dns.zones import Zones, key_name

_STRING_LIMIT = 255
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"(?:\s+|$)')
_NEEDS_ESCAPE = re.compile(rb'[^ -~]|["\\]')
_NAME_ESCAPE = re.compile(r'\\\.|[^!-~]|[;"()@$\\]')


class ValueFault(NamedTuple):
    """What is no value of its type: `found` is what was typed.

    `key` is type-unknown, value-ip4, value-ip6, value-name, value-mx or value-text.
    """

    key: str
    found: str


def read_value(rdtype: str, typed: str) -> Record | ValueFault:
    """The record that a person means. A TXT value in quotes is joined; one without is taken as it stands."""
    read = _READERS.get(rdtype)
    return ValueFault("type-unknown", rdtype) if read is None else read(typed.strip())


def value_text(rdtype: str, record: Record) -> str:
    """A record as a zone file shows it."""
    if isinstance(record, bytes):
        return _quoted(record)
    if isinstance(record, MX):
        return f"{record.preference} {_name_text(record.exchange)}"
    return record if rdtype in ("A", "AAAA") else _name_text(record)


def zone_text(zones: Zones) -> str:
    """The text of a zone file that holds all the records; failures have no place in one."""
    lines = [
        f"{_name_text(name)} {answer.rdtype} {value_text(answer.rdtype, record)}\n"
        for name in zones.names()
        for answer in zones.at(name)
        for record in answer.records
    ]
    return "".join(lines)


def _read_ip4(typed: str) -> Record | ValueFault:
    return ValueFault("value-ip4", typed) if ip4_value(typed) is None else typed


def _read_ip6(typed: str) -> Record | ValueFault:
    return ValueFault("value-ip6", typed) if ip6_value(typed) is None else typed.lower()


def _read_name(typed: str) -> Record | ValueFault:
    name = key_name(typed)
    return name if usable(name) and not re.search(r"\s", name) else ValueFault("value-name", typed)


def _read_mx(typed: str) -> Record | ValueFault:
    """A preference and a name; "0 ." is a null MX (RFC 7505 3)."""
    preference, _, exchange = typed.partition(" ")
    name = _read_name(exchange.strip()) if exchange.strip() != "." else ""
    if not re.fullmatch("[0-9]{1,5}", preference) or int(preference) > 0xFFFF or not isinstance(name, str):
        return ValueFault("value-mx", typed)
    return MX(int(preference), name)


def _read_text(typed: str) -> Record | ValueFault:
    if not typed.startswith('"'):
        return typed.encode("utf-8", "surrogateescape")
    strings, position = [], 0
    while position < len(typed):
        string = _QUOTED.match(typed, position)
        if string is None:
            return ValueFault("value-text", typed)
        strings.append(re.sub(r"\\(.)", r"\1", string[1]))
        position = string.end()
    return "".join(strings).encode("utf-8", "surrogateescape")


_READERS: dict[str, Callable[[str], Record | ValueFault]] = {
    "A": _read_ip4,
    "AAAA": _read_ip6,
    "MX": _read_mx,
    "TXT": _read_text,
    "SPF": _read_text,
    "PTR": _read_name,
    "CNAME": _read_name,
}


def _quoted(octets: bytes) -> str:
    """Strings of at most 255 octets each (RFC 1035 3.3), octets outside ASCII as \\DDD."""
    pieces = [octets[at : at + _STRING_LIMIT] for at in range(0, len(octets), _STRING_LIMIT)] or [b""]
    return " ".join(f'"{_NEEDS_ESCAPE.sub(_escaped_octet, piece).decode("ascii")}"' for piece in pieces)


def _escaped_octet(match: re.Match[bytes]) -> bytes:
    return b"\\%03d" % match[0][0]


def _name_text(name: str) -> str:
    """A whole name with its final dot; what a zone file reads as something else is escaped."""
    return _NAME_ESCAPE.sub(_escaped_character, name) + "."


def _escaped_character(match: re.Match[str]) -> str:
    return match[0] if match[0] == "\\." else f"\\{ord(match[0]):03d}"
