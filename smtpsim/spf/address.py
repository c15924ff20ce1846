"""IP addresses as numbers, and the client's address in the forms that SPF needs."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from smtpsim.spf.prefix import IP4_BITS, Prefixes

# qnum = DIGIT / %x31-39 DIGIT / "1" 2DIGIT / "2" %x30-34 DIGIT / "25" %x30-35 (RFC 7208 5.6)
# As a table, the grammar and the conversion in one: a regular expression of four groups took four times as long.
_QNUM = {str(octet): octet for octet in range(256)}

_MAPPED = 0xFFFF


class Client(NamedTuple):
    """The address of the SMTP client, `bits` wide (32 or 128), with an IPv4-mapped one taken as IPv4.

    `rdtype` is the type of its address records, `readable` its usual form (%{c}), `dotted` octets or
    nibbles joined by dots (%{i}), `zone` its reverse tree (%{v}), `reverse` the name of its PTR records,
    `mark` the beginning of every network that it is in, where its first octet or group lies within the network.
    """

    bits: int
    value: int
    rdtype: str
    readable: str
    dotted: str
    zone: str
    reverse: str
    mark: str

    def host_bits(self, prefixes: Prefixes) -> int:
        """How many low bits of an address do not count under these prefixes."""
        return self.bits - (prefixes.ip4 if self.bits == IP4_BITS else prefixes.ip6)


def ip4_value(text: str) -> int | None:
    """The number that a dotted quad stands for, or None (RFC 7208 5.6: ip4-network)."""
    try:
        a, b, c, d = text.split(".")
        return _QNUM[a] << 24 | _QNUM[b] << 16 | _QNUM[c] << 8 | _QNUM[d]
    except (ValueError, KeyError):
        return None


def ip6_value(text: str) -> int | None:
    """The number that an IPv6 address stands for, or None (RFC 4291 2.2).

    Our own reading: `ipaddress`, with which a test compares it, takes three times as long, and a record may hold
    hundreds of networks.
    """
    if "." in text:
        text = _with_last_quad_in_hex(text)
    head, gap, tail = text.partition("::")
    try:
        high = _hex_digits(head) if head else ""
        low = _hex_digits(tail) if tail else ""
        missing = 32 - len(high) - len(low)
        if missing < 4 if gap else missing:
            return None
        return int(high or "0", 16) << 128 - 4 * len(high) | int(low or "0", 16)
    except ValueError:
        return None


def _hex_digits(groups: str) -> str:
    """The groups before or after the "::", each filled up to four digits. Raises ValueError for what are none."""
    pieces = groups.split(":")
    digits = (len(pieces) * "%4s" % tuple(pieces)).replace(" ", "0")
    if len(digits) != 4 * len(pieces) or "" in pieces or " " in groups:
        raise ValueError("not groups of at most four digits")
    # int() would take signs, underscores and the digits of other scripts too
    if not (digits.isalnum() and digits.isascii()):
        raise ValueError("not hexadecimal digits")
    return digits


def _with_last_quad_in_hex(text: str) -> str:
    """The address with a dotted quad at its end as two groups (RFC 4291 2.2, form 3); "" where that is none."""
    groups, colon, quad = text.rpartition(":")
    value = ip4_value(quad)
    return "" if value is None else f"{groups}{colon}{value >> 16:x}:{value & 0xFFFF:x}"


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
    return Client(32, value, "A", dotted, dotted, "in-addr", reverse, f"ip4:{octets[0]}.")


def _ip6_client(value: int) -> Client:
    from ipaddress import IPv6Address

    nibbles = f"{value:032X}"
    reverse = ".".join(reversed(nibbles)) + ".ip6.arpa"
    readable = IPv6Address(value).compressed
    return Client(128, value, "AAAA", readable, ".".join(nibbles), "ip6", reverse, f"ip6:{value >> 112:x}:")
