"""ptr: matches when a validated name of the client lies in a domain (RFC 7208 5.5).

PTR = "ptr" [ ":" domain-spec ]
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.dns import Answer
from smtpsim.kernel.ref import Ref
from smtpsim.spf.domain import parse_possible_domain, printed_domain, printed_qualifier
from smtpsim.spf.expand import target_name
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.macro import DomainSpec
from smtpsim.spf.name import under
from smtpsim.spf.result import QUALIFIED, Reason
from smtpsim.spf.reverse import candidate_names
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Step


class Ptr(NamedTuple):
    qualifier: str
    column: int
    domain: DomainSpec | None

    @property
    def ref(self) -> Ref:
        return Ref(7208, "5.5")

    def __str__(self) -> str:
        return f"{printed_qualifier(self.qualifier)}ptr{printed_domain(self.domain)}"

    def evaluate(self, run: Run, domain: str) -> Step:
        if not run.spend():
            return run.stop(self, Reason.TOO_MANY_LOOKUPS)
        target = target_name(self.domain, run, domain)
        pointers = run.query(run.client.reverse, "PTR")
        if trouble := run.over_voids():
            return run.stop(self, trouble, target, (pointers,))
        if pointers.failed:
            return run.miss(self, target, (pointers,), Reason.PTR_FAILED)
        return self._evaluate_names(run, target, pointers)

    def _evaluate_names(self, run: Run, target: str, pointers: Answer) -> Step:
        """Validate name after name; one whose addresses cannot be had is passed over."""
        answers = [pointers]
        for name in candidate_names(pointers):
            answer = run.query(name, run.client.rdtype)
            answers.append(answer)
            if trouble := run.over_voids():
                return run.stop(self, trouble, target, tuple(answers))
            if run.holds_client(answer) and under(name, target):
                return run.hit(self, QUALIFIED[self.qualifier], target, tuple(answers))
        return run.miss(self, target, tuple(answers))


def parse(qualifier: str, column: int, text: str, start: int) -> Ptr | SyntaxFault:
    domain = parse_possible_domain(text[start:], column + start)
    return domain if isinstance(domain, SyntaxFault) else Ptr(qualifier, column, domain)
