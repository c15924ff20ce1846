"""include: matches when the check of another domain passes (RFC 7208 5.2).

include = "include" ":" domain-spec
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.domain import parse_needed_domain, printed_qualifier
from smtpsim.spf.expand import target_name
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.macro import DomainSpec
from smtpsim.spf.result import QUALIFIED, Reason, Result
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Evaluation, Step, new

_PASS, _NONE, _ERRORS = Result.PASS, Result.NONE, (Result.TEMPERROR, Result.PERMERROR)


class Include(NamedTuple):
    qualifier: str
    column: int
    domain: DomainSpec

    @property
    def ref(self) -> Ref:
        return Ref(7208, "5.2")

    def __str__(self) -> str:
        return f"{printed_qualifier(self.qualifier)}include:{self.domain}"

    def evaluate(self, run: Run, domain: str) -> Step:
        if not run.spend():
            return run.stop(self, Reason.TOO_MANY_LOOKUPS)
        target = target_name(self.domain, run, domain)
        if trouble := run.over_voids():
            return run.stop(self, trouble, target)
        used = run.lookups, run.voids
        nested = run.check(run, target)
        result, reason = self._outcome(nested)
        return new(Step, (self, target, (), result, reason, *used, nested))

    def _outcome(self, nested: Evaluation) -> tuple[Result | None, Reason]:
        """The table of RFC 7208 5.2: what the check of the included domain means here."""
        result = nested.result
        if result is _PASS:
            return QUALIFIED[self.qualifier], Reason.MATCHED
        if result in _ERRORS:
            return result, nested.reason
        if result is _NONE:
            return Result.PERMERROR, Reason.INCLUDE_NONE
        return None, Reason.NO_MATCH


def parse(qualifier: str, column: int, text: str, start: int) -> Include | SyntaxFault:
    domain = parse_needed_domain(text[start:], column + start)
    return domain if isinstance(domain, SyntaxFault) else Include(qualifier, column, domain)
