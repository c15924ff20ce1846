"""How a verdict was reached: a tree of frozen nodes, one for each check_host() call and each term tried."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple, Protocol

from smtpsim.kernel.dns import Answer
from smtpsim.kernel.ref import Ref
from smtpsim.spf.fault import SyntaxFault
from smtpsim.spf.result import REFS, Reason, Result

new = tuple.__new__
"""Makes a NamedTuple from a tuple of all its fields. The class itself, called with arguments, takes more than twice as
long; a record may have hundreds of terms, each with a step of its own."""


class Term(Protocol):
    """A mechanism or modifier; `column` counts octets of the record from 1; str() gives its text."""

    @property
    def column(self) -> int: ...

    @property
    def ref(self) -> Ref: ...


class Step(NamedTuple):
    """One term, tried.

    `target` is what its domain expanded to ("" when it has none), `answers` the DNS answers looked at.
    `result` is None when the evaluation went on to the next term. `lookups` and `voids` are used so far, of
    10 and 2 (RFC 7208 4.6.4). `nested` is the check of the included or redirected domain, which is counted
    in its own steps.
    """

    term: Term
    target: str
    answers: tuple[Answer, ...]
    result: Result | None
    reason: Reason
    lookups: int
    voids: int
    nested: Evaluation | None = None

    @property
    def matched(self) -> bool:
        return self.reason is Reason.MATCHED

    @property
    def ref(self) -> Ref:
        """The section that decided: the term's own, or that of the limit or error."""
        own = self.reason in (Reason.MATCHED, Reason.NO_MATCH)
        return self.term.ref if own else REFS[self.reason]


class Tried(Protocol):
    """Several terms, tried as one. Their steps are made when somebody looks: a check is asked for its verdict far more
    often than for its trace."""

    @property
    def result(self) -> Result | None: ...

    @property
    def reason(self) -> Reason: ...

    @property
    def steps(self) -> tuple[Step, ...]: ...

    @property
    def last(self) -> Step: ...


class Evaluation(NamedTuple):
    """One check_host() call for one domain.

    `answer` is that of the TXT query (None when none was made), `text` the record's octets (b"" when there
    is none), `fault` what is wrong with it; `tried` are the steps, or what they are made from.
    """

    domain: str
    answer: Answer | None
    text: bytes
    fault: SyntaxFault | None
    tried: tuple[Step | Tried, ...]
    result: Result
    reason: Reason

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every term that was tried. When one of them decided, it is the last."""
        pieces = ((tried,) if isinstance(tried, Step) else tried.steps for tried in self.tried)
        return tuple(chain.from_iterable(pieces))

    @property
    def decided_by(self) -> Step | None:
        """The step whose term gave the result, or None when no term did."""
        if not self.tried or self.tried[-1].result is None:
            return None
        last = self.tried[-1]
        return last if isinstance(last, Step) else last.last

    @property
    def ref(self) -> Ref:
        if self.fault is not None:
            return self.fault.ref
        step = self.decided_by
        return step.ref if step is not None else REFS[self.reason]


class Explanation(NamedTuple):
    """What exp= led to: its target, the TXT answer, the text ("" when it cannot be used).

    `key` is explained, target-unusable, dns-failure, no-txt, several-txt or syntax (RFC 7208 6.2).
    """

    term: Term
    target: str
    answers: tuple[Answer, ...]
    text: str
    key: str
    fault: SyntaxFault | None = None


def deciding_path(evaluation: Evaluation) -> tuple[Step, ...]:
    """The steps that decided, from the outermost record to the innermost one that the result came from."""
    path: list[Step] = []
    inner: Evaluation | None = evaluation
    while inner is not None and (step := inner.decided_by) is not None:
        path.append(step)
        inner = step.nested
    return tuple(path)
