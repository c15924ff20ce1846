"""The state of one check while it runs: who is checked, and how much of the DNS limits is used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from smtpsim.kernel.dns import Answer, Resolver, Status
from smtpsim.kernel.ref import Ref
from smtpsim.spf.address import Client, address_value
from smtpsim.spf.result import ERRORS, Reason, Result
from smtpsim.spf.trace import Evaluation, Step, Term, new

LOOKUP_LIMIT = 10
"""Terms that may look something up in the DNS, a check (RFC 7208 4.6.4)."""

VOID_LIMIT = 2
"""Look-ups of terms that may find nothing, a check (RFC 7208 4.6.4)."""

NAME_RECORD_LIMIT = 10
"""Names an mx or ptr term, or a %{p} macro, may look up the addresses of (RFC 7208 4.6.4)."""

# a global name is found faster than a member of an enumeration, and each term needs one of them
_MATCHED, _NO_MATCH = Reason.MATCHED, Reason.NO_MATCH


class Run:
    """One check_host() call and those that it makes for include and redirect. Mutable, never shared."""

    __slots__ = (
        "check",
        "client",
        "helo",
        "local",
        "lookups",
        "now",
        "origin",
        "receiver",
        "resolver",
        "validated",
        "voids",
    )

    def __init__(
        self,
        check: Callable[[Run, str], Evaluation],
        client: Client,
        local: str,
        origin: str,
        helo: str,
        resolver: Resolver,
        receiver: str,
        now: int,
    ) -> None:
        self.check = check
        self.client = client
        self.local = local
        self.origin = origin
        self.helo = helo
        self.resolver = resolver
        self.receiver = receiver
        self.now = now
        self.lookups = 0
        self.voids = 0
        self.validated: tuple[str, ...] | None = None

    def spend(self) -> bool:
        """Count one term that looks something up; False when it was one too many."""
        self.lookups += 1
        return self.lookups <= LOOKUP_LIMIT

    def query(self, name: str, rdtype: str) -> Answer:
        """Ask for a term, and count an answer that is void."""
        answer = self.resolver.query(name, rdtype)
        if not answer.records and answer.void:
            self.voids += 1
        return answer

    def trouble(self, answer: Answer) -> Reason | None:
        """Why the check cannot go on after this answer, or None."""
        return self.over_voids() or failure(answer)

    def over_voids(self) -> Reason | None:
        """The reason when too many look-ups have found nothing, or None."""
        return Reason.TOO_MANY_VOIDS if self.voids > VOID_LIMIT else None

    def holds_client(self, answer: Answer, shift: int = 0) -> bool:
        """Whether an address of the answer is the client's, but for the `shift` lowest bits."""
        own = self.client.value
        for record in answer.records:
            if isinstance(record, str) and not (own ^ address_value(record)) >> shift:
                return True
        return False

    def hit(self, term: Term, result: Result, target: str = "", answers: tuple[Answer, ...] = ()) -> Step:
        """A step that matched."""
        return new(Step, (term, target, answers, result, _MATCHED, self.lookups, self.voids, None))

    def miss(
        self,
        term: Term,
        target: str = "",
        answers: tuple[Answer, ...] = (),
        reason: Reason = _NO_MATCH,
    ) -> Step:
        """A step that did not match: the check goes on."""
        return new(Step, (term, target, answers, None, reason, self.lookups, self.voids, None))

    def stop(self, term: Term, reason: Reason, target: str = "", answers: tuple[Answer, ...] = ()) -> Step:
        """A step that ends the check with the error that the reason means."""
        return Step(term, target, answers, ERRORS[reason], reason, self.lookups, self.voids)


class Mechanism(Protocol):
    """A term that can match the client. `result` is what a match means, by its qualifier."""

    @property
    def qualifier(self) -> str: ...

    @property
    def column(self) -> int: ...

    @property
    def ref(self) -> Ref: ...

    def evaluate(self, run: Run, domain: str) -> Step: ...


_FAILURES = {Status.SERVFAIL: Reason.DNS_FAILED, Status.TIMEOUT: Reason.DNS_TIMEOUT}


def failure(answer: Answer) -> Reason | None:
    """The reason when the DNS itself failed, or None."""
    return None if answer.records else _FAILURES.get(answer.status)
