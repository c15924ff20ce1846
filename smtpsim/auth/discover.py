"""Which DMARC record applies to an author's domain, and what it wants done (RFC 9989 4.10.1)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.auth.record import Policy, Record
from smtpsim.auth.walk import Walk, walk
from smtpsim.kernel.dns import Answer, Resolver, Status
from smtpsim.kernel.ref import Ref

REF = Ref(9989, "4.10.1")


class Discovery(NamedTuple):
    """`domain` is where the record stands, `whose` says of what kind that domain is: author, organisation or suffix;
    both are "" and `record` is None where none applies. `tag` is the one that the policy is from: p, sp, np, or ""
    where the record has none that is valid, and its owner only wants reports. `existence` is the answer that told
    whether the author's domain exists, where that mattered."""

    walk: Walk
    domain: str = ""
    whose: str = ""
    record: Record | None = None
    tag: str = ""
    policy: Policy = Policy.NONE
    existence: Answer | None = None

    @property
    def applied(self) -> Policy:
        """What is done with mail that fails: one step less than the policy while it is only tried out with t=y."""
        milder = {Policy.REJECT: Policy.QUARANTINE, Policy.QUARANTINE: Policy.NONE}
        return milder.get(self.policy, Policy.NONE) if self.record and self.record.testing else self.policy


def discover(author: str, resolver: Resolver) -> Discovery:
    """Look for the record of the author's domain (A-labels)."""
    walked = walk(author, resolver)
    found = Discovery(walked) if walked.failed else _placed(walked)
    record = found.record
    if record is None:
        return found
    if record.policy("p") is None or record.broken("sp", "np"):
        return found if record.reports_to else Discovery(walked, found.domain, found.whose)
    return _with_policy(found, record, resolver)


def _placed(walked: Walk) -> Discovery:
    """The record of the domain itself; else of its organisation; else of the public suffix above that."""
    suffix = walked.asked[-1]
    places = ((walked.domain, "author"), (walked.organisation, "organisation"), (suffix.domain, "suffix"))
    for domain, whose in places:
        record = walked.at(domain)
        if record is not None and (whose != "suffix" or record.public_suffix == "y"):
            return Discovery(walked, domain, whose, record)
    return Discovery(walked)


def _with_policy(found: Discovery, record: Record, resolver: Resolver) -> Discovery:
    """sp= and np= speak for domains below the record's own; np= for those that do not exist (RFC 9989 4.7)."""
    if found.whose == "author":
        return found._replace(tag="p", policy=record.policy("p") or Policy.NONE)
    existence = resolver.query(found.walk.domain, "A") if record.policy("np") else None
    missing = existence is not None and existence.status is Status.NXDOMAIN
    wanted = ("np", "sp", "p") if missing else ("sp", "p")
    tag = next(name for name in wanted if record.policy(name))
    return found._replace(tag=tag, policy=record.policy(tag) or Policy.NONE, existence=existence)
