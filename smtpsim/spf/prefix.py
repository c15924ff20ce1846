"""CIDR prefix lengths behind a, mx, ip4 and ip6 (RFC 7208 5.3, 5.6)."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpsim.spf.fault import SyntaxFault, fault

# ip4-cidr-length = "/" ("0" / %x31-39 0*1DIGIT) ; ip6-cidr-length = "/" ("0" / %x31-39 0*2DIGIT)
_LENGTH = re.compile(r"0|[1-9][0-9]{0,2}")

IP4_BITS = 32
IP6_BITS = 128


class Prefixes(NamedTuple):
    """dual-cidr-length: how many bits of an address count, by family. str() leaves out whole addresses."""

    ip4: int = IP4_BITS
    ip6: int = IP6_BITS

    def __str__(self) -> str:
        return printed_length(self.ip4, IP4_BITS) + ("" if self.ip6 == IP6_BITS else f"//{self.ip6}")


def printed_length(length: int, bits: int) -> str:
    return "" if length == bits else f"/{length}"


def parse_length(text: str, bits: int, column: int) -> int | SyntaxFault:
    """Read what stands behind the slash."""
    if _LENGTH.fullmatch(text) is None:
        return fault("prefix-syntax", column, text)
    length = int(text)
    return length if length <= bits else fault("prefix-too-long", column, text)


def split_prefixes(text: str, column: int) -> tuple[str, Prefixes] | SyntaxFault:
    """Cut [ ip4-cidr-length ] [ "/" ip6-cidr-length ] off the end of an argument that starts at `column`."""
    rest, digits6 = _split_digits(text, "//")
    rest, digits4 = _split_digits(rest, "/")
    if rest and rest[0] != ":":
        return fault("prefix-unexpected", column, text)
    ip4 = parse_length(digits4, IP4_BITS, column + len(rest) + 1) if digits4 else IP4_BITS
    if isinstance(ip4, SyntaxFault):
        return ip4
    ip6 = parse_length(digits6, IP6_BITS, column + len(text) - len(digits6)) if digits6 else IP6_BITS
    if isinstance(ip6, SyntaxFault):
        return ip6
    return rest, Prefixes(ip4, ip6)


def parse_network(argument: str, bits: int, column: int) -> tuple[str, int] | SyntaxFault:
    """Read `":" network [ "/" length ]` (ip4, ip6); the network itself is still to be read."""
    if argument[:1] != ":" or len(argument) == 1:
        return fault("argument-missing", column, argument)
    network, slash, digits = argument[1:].partition("/")
    length = parse_length(digits, bits, column + len(network) + 2) if slash else bits
    return length if isinstance(length, SyntaxFault) else (network, length)


def _split_digits(text: str, slashes: str) -> tuple[str, str]:
    head, slash, tail = text.rpartition(slashes)
    return (head, tail) if slash and tail.isdigit() else (text, "")
