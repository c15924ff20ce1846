"""a: matches when the client has an address of a name (RFC 7208 5.3).

A = "a" [ ":" domain-spec ] [ dual-cidr-length ]
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.domain import parse_possible_domain, printed_domain, printed_qualifier
from smtpsim.spf.expand import target_name
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.macro import DomainSpec
from smtpsim.spf.name import usable
from smtpsim.spf.prefix import Prefixes, split_prefixes
from smtpsim.spf.result import QUALIFIED, Reason
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Step


class A(NamedTuple):
    qualifier: str
    column: int
    domain: DomainSpec | None
    prefixes: Prefixes

    @property
    def ref(self) -> Ref:
        return Ref(7208, "5.3")

    def __str__(self) -> str:
        return f"{printed_qualifier(self.qualifier)}a{printed_domain(self.domain)}{self.prefixes}"

    def evaluate(self, run: Run, domain: str) -> Step:
        if not run.spend():
            return run.stop(self, Reason.TOO_MANY_LOOKUPS)
        target = target_name(self.domain, run, domain)
        if not usable(target):
            return run.miss(self, target, (), Reason.TARGET_UNUSABLE)
        answer = run.query(target, run.client.rdtype)
        if trouble := run.trouble(answer):
            return run.stop(self, trouble, target, (answer,))
        if run.holds_client(answer, run.client.host_bits(self.prefixes)):
            return run.hit(self, QUALIFIED[self.qualifier], target, (answer,))
        return run.miss(self, target, (answer,))


def parse(qualifier: str, column: int, text: str, start: int) -> A | SyntaxFault:
    cut = split_prefixes(text[start:], column + start)
    if isinstance(cut, SyntaxFault):
        return cut
    domain = parse_possible_domain(cut[0], column + start)
    return domain if isinstance(domain, SyntaxFault) else A(qualifier, column, domain, cut[1])
