"""exp: where the explanation of a fail is (RFC 7208 6.2).

explanation = "exp" "=" domain-spec
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.expand import expanded, target_name
from smtpsim.spf.fault import SyntaxFault, octet_fault
from smtpsim.spf.macro import DomainSpec, MacroString, parse_domain_spec, parse_explanation
from smtpsim.spf.name import usable
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Explanation


class Exp(NamedTuple):
    column: int
    domain: DomainSpec

    @property
    def ref(self) -> Ref:
        return Ref(7208, "6.2")

    def __str__(self) -> str:
        return f"exp={self.domain}"

    def explain(self, run: Run, domain: str) -> Explanation:
        """Fetch and expand the text. Whatever goes wrong, the verdict stands and the text is empty."""
        target = target_name(self.domain, run, domain)
        if not usable(target):
            return Explanation(self, target, (), "", "target-unusable")
        answer = run.resolver.query(target, "TXT")
        if answer.failed:
            return Explanation(self, target, (answer,), "", "dns-failure")
        texts = [record for record in answer.records if isinstance(record, bytes)]
        if len(texts) != 1:
            return Explanation(self, target, (answer,), "", "several-txt" if texts else "no-txt")
        parts = _read(texts[0])
        if isinstance(parts, SyntaxFault):
            return Explanation(self, target, (answer,), "", "syntax", parts)
        return Explanation(self, target, (answer,), expanded(parts, run, domain), "explained")


@lru_cache(maxsize=256)
def _read(octets: bytes) -> MacroString | SyntaxFault:
    """explain-string = *( macro-string / SP ), in visible ASCII."""
    return octet_fault(octets) or parse_explanation(octets.decode("ascii"))


def parse(name: str, column: int, value: str, at: int) -> Exp | SyntaxFault:
    domain = parse_domain_spec(value, at)
    return domain if isinstance(domain, SyntaxFault) else Exp(column, domain)
