"""The octets that a record or an explanation may hold: visible ASCII and spaces (RFC 7208 3.1, 4.6.1)."""

from __future__ import annotations

import re

from smtpsim.spf.fault import SyntaxFault, fault

_FOREIGN = re.compile(rb"[^ -~]")


def octet_fault(octets: bytes) -> SyntaxFault | None:
    """The first octet that may not stand there, or None."""
    foreign = _FOREIGN.search(octets)
    if foreign is None:
        return None
    key = "not-ascii" if foreign[0] >= b"\x80" else "control-octet"
    return fault(key, foreign.start() + 1, f"\\x{foreign[0][0]:02x}")
