"""What is wrong with a record that check_host() may not evaluate: where, and by which rule."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.kernel.ref import Ref

RULES = {
    "version-missing": Ref(7208, "4.5"),
    "not-ascii": Ref(7208, "3.1"),
    "control-octet": Ref(7208, "4.6.1"),
    "term-unreadable": Ref(7208, "4.6.1"),
    "mechanism-unknown": Ref(7208, "4.6.1"),
    "modifier-as-mechanism": Ref(7208, "4.6.1"),
    "modifier-twice": Ref(7208, "6"),
    "argument-unexpected": Ref(7208, "12"),
    "argument-missing": Ref(7208, "12"),
    "prefix-unexpected": Ref(7208, "12"),
    "prefix-syntax": Ref(7208, "5.6"),
    "prefix-too-long": Ref(7208, "5.6"),
    "ip4-syntax": Ref(7208, "5.6"),
    "ip6-syntax": Ref(7208, "5.6"),
    "domain-end": Ref(7208, "7.1"),
    "domain-is-address": Ref(7208, "7.1"),
    "percent-alone": Ref(7208, "7.1"),
    "macro-syntax": Ref(7208, "7.1"),
    "macro-letter": Ref(7208, "7.2"),
    "macro-only-in-exp": Ref(7208, "7.2"),
    "macro-zero": Ref(7208, "7.3"),
}
"""Every fault and the section that it offends."""


class SyntaxFault(NamedTuple):
    """`column` counts octets of the record from 1; `found` is the text that offends."""

    key: str
    column: int
    ref: Ref
    found: str


def fault(key: str, column: int, found: str = "") -> SyntaxFault:
    return SyntaxFault(key, column, RULES[key], found)


# What a record or an explanation may not hold: anything but visible ASCII and spaces (RFC 7208 3.1, 4.6.1).
_FOREIGN = re.compile(rb"[^ -~]")


def octet_fault(octets: bytes) -> SyntaxFault | None:
    """The first octet that may not stand in a record or an explanation, or None."""
    foreign = None if octets.isascii() and octets.decode("ascii").isprintable() else _FOREIGN.search(octets)
    if foreign is None:
        return None
    key = "not-ascii" if foreign[0] >= b"\x80" else "control-octet"
    return fault(key, foreign.start() + 1, f"\\x{foreign[0][0]:02x}")
