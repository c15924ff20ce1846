"""redirect: another domain's check takes over (RFC 7208 6.1).

redirect = "redirect" "=" domain-spec
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.expand import target_name
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.macro import DomainSpec, parse_domain_spec
from smtpsim.spf.result import Reason, Result
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Step


class Redirect(NamedTuple):
    column: int
    domain: DomainSpec

    @property
    def ref(self) -> Ref:
        return Ref(7208, "6.1")

    def __str__(self) -> str:
        return f"redirect={self.domain}"

    def evaluate(self, run: Run, domain: str) -> Step:
        if not run.spend():
            return run.stop(self, Reason.TOO_MANY_LOOKUPS)
        target = target_name(self.domain, run, domain)
        if trouble := run.over_voids():
            return run.stop(self, trouble, target)
        used = run.lookups, run.voids
        nested = run.check(run, target)
        result, reason = nested.result, nested.reason
        if result is Result.NONE:
            result, reason = Result.PERMERROR, Reason.REDIRECT_NONE
        return Step(self, target, (), result, reason, *used, nested)


def parse(name: str, column: int, value: str, at: int) -> Redirect | SyntaxFault:
    domain = parse_domain_spec(value, at)
    return domain if isinstance(domain, SyntaxFault) else Redirect(column, domain)
