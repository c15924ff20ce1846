"""DMARC: does SPF or DKIM vouch for the author's domain, and what does its owner want done if not? (RFC 9989 5.3)"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from smtpsim.auth.alignment import Aligned, Authenticated, align
from smtpsim.auth.discover import Discovery, discover
from smtpsim.auth.record import Policy
from smtpsim.kernel.dns import Resolver
from smtpsim.kernel.ref import Ref


class Result(StrEnum):
    """RFC 8601 2.7.1 as RFC 9989 uses it."""

    NONE = "none"
    PASS = "pass"
    FAIL = "fail"
    TEMPERROR = "temperror"


class Reason(StrEnum):
    """Why: the key under which the words for it are found."""

    ALIGNED = "aligned"
    UNALIGNED = "unaligned"
    NO_PASS = "no-pass"
    NO_RECORD = "no-record"
    NO_POLICY = "no-policy"
    NO_AUTHOR = "no-author"
    AUTHORS = "several-authors"
    DNS_FAILED = "dns-failure"
    UNSETTLED = "unsettled"


RESULTS = {
    Reason.ALIGNED: Result.PASS,
    Reason.UNALIGNED: Result.FAIL,
    Reason.NO_PASS: Result.FAIL,
    Reason.NO_RECORD: Result.NONE,
    Reason.NO_POLICY: Result.NONE,
    Reason.NO_AUTHOR: Result.NONE,
    Reason.AUTHORS: Result.NONE,
    Reason.DNS_FAILED: Result.TEMPERROR,
    Reason.UNSETTLED: Result.TEMPERROR,
}

REFS = {
    Reason.ALIGNED: Ref(9989, "4.4"),
    Reason.UNALIGNED: Ref(9989, "4.4"),
    Reason.NO_PASS: Ref(9989, "4.3"),
    Reason.NO_RECORD: Ref(9989, "4.10.1"),
    Reason.NO_POLICY: Ref(9989, "4.10.1"),
    Reason.NO_AUTHOR: Ref(9989, "5.3"),
    Reason.AUTHORS: Ref(9989, "5.3"),
    Reason.DNS_FAILED: Ref(9989, "4.10.1"),
    Reason.UNSETTLED: Ref(9989, "5.3"),
}


class Verdict(NamedTuple):
    """`author` is the domain of the From field, `discovery` the way to its record, None where there is no domain to
    ask about; `aligned` are the comparisons, SPF first. `sealed` is the verdict on what the first host of an ARC chain
    has found, where the receiver believes the chain (RFC 8617 7.2.1)."""

    author: str
    reason: Reason
    discovery: Discovery | None = None
    aligned: tuple[Aligned, ...] = ()
    sealed: Verdict | None = None

    @property
    def result(self) -> Result:
        return RESULTS[self.reason]

    @property
    def ref(self) -> Ref:
        """The section that decided."""
        return REFS[self.reason]

    @property
    def wanted(self) -> Policy:
        """What the owner of the domain wants done with this letter; none unless it failed."""
        failed = self.result is Result.FAIL and self.discovery is not None
        return self.discovery.applied if failed and self.discovery else Policy.NONE

    @property
    def overridden(self) -> bool:
        """Whether the receiver does not do what is wanted, since the letter passed before it was forwarded."""
        return self.sealed is not None and self.sealed.result is Result.PASS

    def method_aligned(self, method: str) -> bool:
        """Whether one domain that the method vouches for is the author's."""
        return any(one.aligned for one in self.aligned if one.identifier.method == method)


def evaluate(authors: Iterable[str], identifiers: Iterable[Authenticated], resolver: Resolver) -> Verdict:
    """The verdict on a letter whose From field names these domains (A-labels), by what SPF and DKIM found."""
    domains = sorted({domain.lower().rstrip(".") for domain in authors})
    if len(domains) != 1:
        return Verdict("", Reason.AUTHORS if domains else Reason.NO_AUTHOR)
    author = domains[0]
    discovery = discover(author, resolver)
    if discovery.walk.failed:
        return Verdict(author, Reason.DNS_FAILED, discovery)
    record = discovery.record
    if record is None:
        return Verdict(author, Reason.NO_POLICY if discovery.domain else Reason.NO_RECORD, discovery)
    aligned = tuple(align(identifier, discovery, record, resolver) for identifier in identifiers)
    return Verdict(author, _reason(aligned), discovery, aligned)


def _reason(aligned: tuple[Aligned, ...]) -> Reason:
    """A failure that time may mend is no failure yet (RFC 9989 5.3)."""
    if any(one.aligned for one in aligned):
        return Reason.ALIGNED
    if any(one.key == "dns-failure" or one.identifier.result == "temperror" for one in aligned):
        return Reason.UNSETTLED
    return Reason.UNALIGNED if any(one.identifier.result == "pass" for one in aligned) else Reason.NO_PASS
