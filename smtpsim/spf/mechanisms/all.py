"""all: matches every client (RFC 7208 5.1).

all = "all"
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.domain import printed_qualifier
from smtpsim.spf.fault import SyntaxFault, fault
from smtpsim.spf.result import QUALIFIED
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Step


class All(NamedTuple):
    qualifier: str
    column: int

    @property
    def ref(self) -> Ref:
        return Ref(7208, "5.1")

    def __str__(self) -> str:
        return f"{printed_qualifier(self.qualifier)}all"

    def evaluate(self, run: Run, domain: str) -> Step:
        return run.hit(self, QUALIFIED[self.qualifier])


def parse(qualifier: str, column: int, text: str, start: int) -> All | SyntaxFault:
    if start < len(text):
        return fault("argument-unexpected", column + start, text[start:])
    return All(qualifier, column)
