"""mx: matches when the client is a mail exchanger of a name (RFC 7208 5.4).

MX = "mx" [ ":" domain-spec ] [ dual-cidr-length ]
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.dns import MX, Answer
from smtpsim.kernel.ref import Ref
from smtpsim.spf.domain import parse_possible_domain, printed_domain, printed_qualifier
from smtpsim.spf.expand import target_name
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.macro import DomainSpec
from smtpsim.spf.name import usable
from smtpsim.spf.prefix import Prefixes, split_prefixes
from smtpsim.spf.result import QUALIFIED, Reason
from smtpsim.spf.run import NAME_RECORD_LIMIT, Run
from smtpsim.spf.trace import Step


class Mx(NamedTuple):
    qualifier: str
    column: int
    domain: DomainSpec | None
    prefixes: Prefixes

    @property
    def ref(self) -> Ref:
        return Ref(7208, "5.4")

    def __str__(self) -> str:
        return f"{printed_qualifier(self.qualifier)}mx{printed_domain(self.domain)}{self.prefixes}"

    def evaluate(self, run: Run, domain: str) -> Step:
        if not run.spend():
            return run.stop(self, Reason.TOO_MANY_LOOKUPS)
        target = target_name(self.domain, run, domain)
        if not usable(target):
            return run.miss(self, target, (), Reason.TARGET_UNUSABLE)
        answer = run.query(target, "MX")
        if trouble := run.trouble(answer):
            return run.stop(self, trouble, target, (answer,))
        if len(answer.records) > NAME_RECORD_LIMIT:
            return run.stop(self, Reason.TOO_MANY_MX, target, (answer,))
        return self._evaluate_exchangers(run, target, answer)

    def _evaluate_exchangers(self, run: Run, target: str, exchangers: Answer) -> Step:
        host_bits = run.client.host_bits(self.prefixes)
        answers = [exchangers]
        for name in _names(exchangers):
            answer = run.query(name, run.client.rdtype)
            answers.append(answer)
            if trouble := run.trouble(answer):
                return run.stop(self, trouble, target, tuple(answers))
            if run.holds_client(answer, host_bits):
                return run.hit(self, QUALIFIED[self.qualifier], target, tuple(answers))
        return run.miss(self, target, tuple(answers))


def _names(exchangers: Answer) -> list[str]:
    """The exchangers in order of preference; a null MX names none (RFC 7505 3)."""
    records = sorted(record for record in exchangers.records if isinstance(record, MX))
    return [record.exchange for record in records if usable(record.exchange)]


def parse(qualifier: str, column: int, text: str, start: int) -> Mx | SyntaxFault:
    cut = split_prefixes(text[start:], column + start)
    if isinstance(cut, SyntaxFault):
        return cut
    domain = parse_possible_domain(cut[0], column + start)
    return domain if isinstance(domain, SyntaxFault) else Mx(qualifier, column, domain, cut[1])
