"""Address literals: a mail domain that is an IP address in square brackets (RFC 5321 4.1.3)."""

from __future__ import annotations

from smtpsim.kernel.ip import normal


def literal_address(domain: str) -> str:
    """The address in its usual form for `[192.0.2.1]` and `[IPv6:2001:db8::1]`, else ""."""
    if not domain.startswith("["):
        return ""
    inside = domain[1:].removesuffix("]")
    tagged = inside[:5].lower() == "ipv6:"
    return normal(inside[5:] if tagged else inside)
