"""ip4: matches a network (RFC 7208 5.6).

IP4 = "ip4" ":" ip4-network [ ip4-cidr-length ]
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.address import Client, ip4_value
from smtpsim.spf.domain import printed_qualifier
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.prefix import IP4_BITS, IP4_LENGTHS, network_fault, printed_length
from smtpsim.spf.result import QUALIFIED
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Step, new


class Ip4(NamedTuple):
    """`network` as published, `value` its number."""

    qualifier: str
    column: int
    network: str
    value: int
    length: int

    @property
    def ref(self) -> Ref:
        return Ref(7208, "5.6")

    def __str__(self) -> str:
        length = printed_length(self.length, IP4_BITS)
        return f"{printed_qualifier(self.qualifier)}ip4:{self.network}{length}"

    def evaluate(self, run: Run, domain: str) -> Step:
        return run.hit(self, QUALIFIED[self.qualifier]) if self.holds(run.client) else run.miss(self)

    def holds(self, client: Client) -> bool:
        """Whether the client is in this network."""
        return client.bits == IP4_BITS and not (client.value ^ self.value) >> (IP4_BITS - self.length)


def parse(qualifier: str, column: int, text: str, start: int) -> Ip4 | SyntaxFault:
    network, slash, digits = text[start + 1 :].partition("/")
    value = ip4_value(network)
    length = IP4_LENGTHS.get(digits) if slash else IP4_BITS
    if value is None or length is None or text[start] != ":":
        return network_fault(text[start:], IP4_LENGTHS, column + start, "ip4-syntax")
    return new(Ip4, (qualifier, column, network, value, length))
