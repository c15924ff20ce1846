"""CIDR prefix lengths of a, mx, ip4 and ip6 (RFC 7208 5.3, 5.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.spf.fault import SyntaxFault, fault

IP4_BITS = 32
IP6_BITS = 128

# ip4-cidr-length = "/" ("0" / %x31-39 0*1DIGIT) ; ip6-cidr-length = "/" ("0" / %x31-39 0*2DIGIT)
IP4_LENGTHS: Mapping[str, int] = {str(length): length for length in range(IP4_BITS + 1)}
IP6_LENGTHS: Mapping[str, int] = {str(length): length for length in range(IP6_BITS + 1)}
"""What may stand after the slash, and the length that it means."""


class Prefixes(NamedTuple):
    """dual-cidr-length: how many bits of an address count, by family. str() leaves out whole addresses."""

    ip4: int = IP4_BITS
    ip6: int = IP6_BITS

    def __str__(self) -> str:
        return printed_length(self.ip4, IP4_BITS) + ("" if self.ip6 == IP6_BITS else f"//{self.ip6}")


def printed_length(length: int, bits: int) -> str:
    return "" if length == bits else f"/{length}"


WHOLE = Prefixes()


def split_prefixes(text: str, column: int) -> tuple[str, Prefixes] | SyntaxFault:
    """Cut [ ip4-cidr-length ] [ "/" ip6-cidr-length ] off the end of an argument that starts at `column`."""
    if "/" not in text and text[:1] in ("", ":"):
        return text, WHOLE
    rest, digits6 = _split_digits(text, "//")
    rest, digits4 = _split_digits(rest, "/")
    if rest and rest[0] != ":":
        return fault("prefix-unexpected", column, text)
    ip4 = IP4_LENGTHS.get(digits4) if digits4 else IP4_BITS
    if ip4 is None:
        return length_fault(digits4, column + len(rest) + 1)
    ip6 = IP6_LENGTHS.get(digits6) if digits6 else IP6_BITS
    if ip6 is None:
        return length_fault(digits6, column + len(text) - len(digits6))
    return rest, Prefixes(ip4, ip6)


def length_fault(digits: str, column: int) -> SyntaxFault:
    """What is wrong with the digits after a slash: no number of at most three digits, or more bits than there are."""
    number = digits.isdigit() and len(digits) <= 3 and (digits == "0" or digits[0] != "0")
    return fault("prefix-too-long" if number else "prefix-syntax", column, digits)


def network_fault(argument: str, lengths: Mapping[str, int], column: int, key: str) -> SyntaxFault:
    """What is wrong with the argument of ip4 or ip6, `":" network [ "/" length ]`; `key` where it is the network."""
    if argument[:1] != ":" or len(argument) == 1:
        return fault("argument-missing", column, argument)
    network, slash, digits = argument[1:].partition("/")
    if slash and digits not in lengths:
        return length_fault(digits, column + len(network) + 2)
    return fault(key, column + 1, network)


def _split_digits(text: str, slashes: str) -> tuple[str, str]:
    head, slash, tail = text.rpartition(slashes)
    return (head, tail) if slash and tail.isdigit() else (text, "")
