"""IP addresses as numbers, and the client's address in the forms that SPF needs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from smtpsim.spf.prefix import IP4_BITS, Prefixes

# qnum = DIGIT / %x31-39 DIGIT / "1" 2DIGIT / "2" %x30-34 DIGIT / "25" %x30-35 (RFC 7208 5.6)
_QNUM = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_IP4 = re.compile(r"\.".join([_QNUM] * 4))

_MAPPED = 0xFFFF


class Client(NamedTuple):
    """The address of the SMTP client, `bits` wide (32 or 128), with an IPv4-mapped one taken as IPv4.

    `rdtype` is the type of its address records, `readable` its usual form (%{c}), `dotted` octets or
    nibbles joined by dots (%{i}), `zone` its reverse tree (%{v}), `reverse` the name of its PTR records.
    """

    bits: int
    value: int
    rdtype: str
    readable: str
    dotted: str
    zone: str
    reverse: str

    def host_bits(self, prefixes: Prefixes) -> int:
        """How many low bits of an address do not count under these prefixes."""
        return self.bits - (prefixes.ip4 if self.bits == IP4_BITS else prefixes.ip6)


def ip4_value(text: str) -> int | None:
    """The number that a dotted quad stands for, or None (RFC 7208 5.6: ip4-network)."""
    quad = _IP4.fullmatch(text)
    if quad is None:
        return None
    a, b, c, d = map(int, quad.groups())
    return a << 24 | b << 16 | c << 8 | d


def ip6_value(text: str) -> int | None:
    """The number that an IPv6 address stands for, or None (RFC 4291 2.2)."""
    from ipaddress import AddressValueError, IPv6Address

    if "%" in text:
        return None
    try:
        return int(IPv6Address(text))
    except AddressValueError:
        return None


@lru_cache(maxsize=4096)
def address_value(text: str) -> int:
    """The number of an A or AAAA record's address. Raises ValueError for what is no address."""
    value = ip6_value(text) if ":" in text else ip4_value(text)
    if value is None:
        raise ValueError(f"not an IP address: {text!r}")
    return value


@lru_cache(maxsize=1024)
def client_at(ip: str) -> Client:
    """The client at `ip`. Raises ValueError for what is no address."""
    value = address_value(ip)
    if ":" in ip and value >> 32 != _MAPPED:
        return _ip6_client(value)
    return _ip4_client(value & 0xFFFFFFFF)


def _ip4_client(value: int) -> Client:
    octets = [str(value >> shift & 0xFF) for shift in (24, 16, 8, 0)]
    dotted = ".".join(octets)
    reverse = ".".join(reversed(octets)) + ".in-addr.arpa"
    return Client(32, value, "A", dotted, dotted, "in-addr", reverse)


def _ip6_client(value: int) -> Client:
    from ipaddress import IPv6Address

    nibbles = f"{value:032X}"
    reverse = ".".join(reversed(nibbles)) + ".ip6.arpa"
    return Client(128, value, "AAAA", IPv6Address(value).compressed, ".".join(nibbles), "ip6", reverse)
