"""Address literals: a mail domain that is an IP address in square brackets (RFC 5321 4.1.3)."""

from __future__ import annotations


def literal_address(domain: str) -> str:
    """The address in its usual form (RFC 5952 for IPv6) for `[192.0.2.1]` and `[IPv6:2001:db8::1]`, else ""."""
    if not domain.startswith("["):
        return ""
    from ipaddress import ip_address

    inside = domain[1:].removesuffix("]")
    tagged = inside[:5].lower() == "ipv6:"
    try:
        return str(ip_address(inside[5:] if tagged else inside))
    except ValueError:
        return ""
