"""ip6: matches a network (RFC 7208 5.6).

IP6 = "ip6" ":" ip6-network [ ip6-cidr-length ]
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.address import Client, ip6_value
from smtpsim.spf.domain import printed_qualifier
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.prefix import IP6_BITS, IP6_LENGTHS, network_fault, printed_length
from smtpsim.spf.result import QUALIFIED
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Step, new


class Ip6(NamedTuple):
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
        length = printed_length(self.length, IP6_BITS)
        return f"{printed_qualifier(self.qualifier)}ip6:{self.network}{length}"

    def evaluate(self, run: Run, domain: str) -> Step:
        return run.hit(self, QUALIFIED[self.qualifier]) if self.holds(run.client) else run.miss(self)

    def holds(self, client: Client) -> bool:
        """Whether the client is in this network."""
        return client.bits == IP6_BITS and not (client.value ^ self.value) >> (IP6_BITS - self.length)


def parse(qualifier: str, column: int, text: str, start: int) -> Ip6 | SyntaxFault:
    network, slash, digits = text[start + 1 :].partition("/")
    value = ip6_value(network)
    length = IP6_LENGTHS.get(digits) if slash else IP6_BITS
    if value is None or length is None or text[start] != ":":
        return network_fault(text[start:], IP6_LENGTHS, column + start, "ip6-syntax")
    return new(Ip6, (qualifier, column, network, value, length))
