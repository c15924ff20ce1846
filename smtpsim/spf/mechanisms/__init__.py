"""The mechanisms of RFC 7208 5, one file each: its grammar, its typed term, and when it matches."""

from __future__ import annotations

from collections.abc import Callable

from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.mechanisms import a, all, exists, include, ip4, ip6, mx, ptr
from smtpsim.spf.run import Mechanism

MECHANISMS: dict[str, Callable[[str, int, str, int], Mechanism | SyntaxFault]] = {
    "all": all.parse,
    "include": include.parse,
    "a": a.parse,
    "mx": mx.parse,
    "ptr": ptr.parse,
    "ip4": ip4.parse,
    "ip6": ip6.parse,
    "exists": exists.parse,
}
"""How to read each: from its qualifier, its column in the record, its text, and where in that the name ends."""
