"""IP addresses as text: what counts as one, and the one form in which they are kept and compared."""

from __future__ import annotations

from functools import lru_cache


def is_address(text: str) -> bool:
    """Whether this is an IPv4 or IPv6 address, without a zone identifier."""
    return bool(normal(text))


def is_loopback(text: str) -> bool:
    """Whether this is an address, and no name, by which a machine reaches itself (RFC 1122 3.2.1.3, RFC 4291 2.5.3)."""
    address = normal(text)
    return address == "::1" or address.startswith("127.")


def address_literal(address: str) -> str:
    """The address as it stands in the place of a domain (RFC 5321 4.1.3)."""
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"


@lru_cache(maxsize=1024)
def normal(text: str) -> str:
    """The address in its usual form (RFC 5952 for IPv6), "" for what is none.

    An IPv4-mapped address is the IPv4 address in it (RFC 4291 2.5.5.2). One with a zone identifier (`%eth0`) is none:
    it means something on one machine only (RFC 4007 11).
    """
    from ipaddress import IPv6Address, ip_address

    if "%" in text:
        return ""
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
