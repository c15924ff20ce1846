"""The PROXY protocol, versions 1 and 2: a load balancer says in front of all else which client it speaks for.

Source: https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ip import normal

SIGNATURE = b"\r\n\r\n\x00\r\nQUIT\n"
"""What a version 2 header begins with (2.2)."""

LONGEST_LINE = 107
"""Octets of a version 1 line, CRLF included (2.1)."""

_HEAD = 16
_SIZES = {0x1: 4, 0x2: 16}
"""By the address family of version 2 (the high half of octet 14): the octets of one address."""


class Header(NamedTuple):
    """`address` is the client's, "" where the proxy does not tell (UNKNOWN, LOCAL); `octets` how long the header is."""

    address: str
    octets: int


MORE = Header("", 0)
"""More of the header must come first."""


def read_header(data: bytes) -> Header | None:
    """The header at the beginning of what a client has sent, MORE for a part of one, None for anything else."""
    if data[: len(SIGNATURE)] == SIGNATURE[: len(data)]:
        return _binary(data)
    return _line(data) if data[:6] == b"PROXY "[: len(data)] else None


def _line(data: bytes) -> Header | None:
    """PROXY TCP4 source destination source-port destination-port (2.1)."""
    end = data.find(b"\r\n", 0, LONGEST_LINE)
    if end < 0:
        return MORE if len(data) < LONGEST_LINE else None
    words = data[:end].decode("ascii", "replace").split(" ")
    if words[1] == "UNKNOWN":
        return Header("", end + 2)
    address = normal(words[2]) if len(words) == 6 and words[1] in ("TCP4", "TCP6") else ""
    return Header(address, end + 2) if address else None


def _binary(data: bytes) -> Header | None:
    """Signature, version and command, family, length, then the addresses (2.2)."""
    if len(data) < _HEAD:
        return MORE
    version, command = data[12] >> 4, data[12] & 0xF
    whole = _HEAD + int.from_bytes(data[14:16], "big")
    if version != 2 or command > 1:
        return None
    if len(data) < whole:
        return MORE
    size = _SIZES.get(data[13] >> 4, 0) if command else 0
    if not size:
        return Header("", whole)
    return Header(_address(data[_HEAD : _HEAD + size]), whole) if whole >= _HEAD + 2 * size + 4 else None


def _address(octets: bytes) -> str:
    from ipaddress import ip_address

    return normal(str(ip_address(octets)))
