"""What check_host() answers."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.modifiers.redirect import Redirect
from smtpsim.spf.result import Reason, Result
from smtpsim.spf.trace import Evaluation, Explanation, Step, deciding_path


class Verdict(NamedTuple):
    """`domain` is the identity's; `lookups` and `voids` are used up in all, of 10 and 2.

    `explanation` is the text that the domain gives for a fail, or ""; it is untrusted text.
    `explained` is how that text was found, None when there was nothing to explain.
    """

    result: Result
    reason: Reason
    domain: str
    explanation: str
    lookups: int
    voids: int
    trace: Evaluation
    explained: Explanation | None = None

    @property
    def path(self) -> tuple[Step, ...]:
        """The steps that decided, outermost first."""
        return deciding_path(self.trace)

    @property
    def term(self) -> str:
        """The deciding term as text, "" when no term decided. An include speaks for what it includes."""
        step = settled(self.trace).decided_by
        return "" if step is None else str(step.term)

    @property
    def fault(self) -> SyntaxFault | None:
        """The syntax fault that led to a permerror, in whichever record it is."""
        path = self.path
        return ((path[-1].nested if path else None) or self.trace).fault

    @property
    def ref(self) -> Ref:
        """The section that decided."""
        fault = self.fault
        return settled(self.trace).ref if fault is None else fault.ref


def settled(trace: Evaluation) -> Evaluation:
    """The check that the result is from: where records redirect, that of the last target (RFC 7208 6.1)."""
    while (step := trace.decided_by) is not None and isinstance(step.term, Redirect):
        if step.nested is None or step.nested.reason is not step.reason:
            break
        trace = step.nested
    return trace
