"""exists: matches when a name has an A record, whatever it holds (RFC 7208 5.7).

exists = "exists" ":" domain-spec
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.domain import parse_needed_domain, printed_qualifier
from smtpsim.spf.expand import target_name
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.macro import DomainSpec
from smtpsim.spf.name import usable
from smtpsim.spf.result import QUALIFIED, Reason
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Step


class Exists(NamedTuple):
    qualifier: str
    column: int
    domain: DomainSpec

    @property
    def ref(self) -> Ref:
        return Ref(7208, "5.7")

    def __str__(self) -> str:
        return f"{printed_qualifier(self.qualifier)}exists:{self.domain}"

    def evaluate(self, run: Run, domain: str) -> Step:
        """Asks for A records for an IPv6 client too."""
        if not run.spend():
            return run.stop(self, Reason.TOO_MANY_LOOKUPS)
        target = target_name(self.domain, run, domain)
        if not usable(target):
            return run.miss(self, target, (), Reason.TARGET_UNUSABLE)
        answer = run.query(target, "A")
        if trouble := run.trouble(answer):
            return run.stop(self, trouble, target, (answer,))
        if answer.records:
            return run.hit(self, QUALIFIED[self.qualifier], target, (answer,))
        return run.miss(self, target, (answer,))


def parse(qualifier: str, column: int, text: str, start: int) -> Exists | SyntaxFault:
    domain = parse_needed_domain(text[start:], column + start)
    return domain if isinstance(domain, SyntaxFault) else Exists(qualifier, column, domain)
