"""Whether a domain that SPF or DKIM vouches for is that of the author (RFC 9989 4.4)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.auth.discover import Discovery
from smtpsim.auth.record import Record
from smtpsim.auth.walk import Walk, walk
from smtpsim.kernel.dns import Resolver
from smtpsim.kernel.ref import Ref

REFS = {"dkim": Ref(9989, "4.4.1"), "spf": Ref(9989, "4.4.2")}
MODES = {"dkim": "adkim", "spf": "aspf"}
"""The tag that tells how closely the domains of each method must match."""


class Authenticated(NamedTuple):
    """What a method found: `method` is spf or dkim, `domain` that of MAIL FROM or d=, `result` the method's word;
    `selector` that of the key, for DKIM."""

    method: str
    domain: str
    result: str
    selector: str = ""


class Aligned(NamedTuple):
    """`walk` is the tree walk that was needed for the domain, None for none. `key` tells why: not-pass, same-domain,
    other-domain (strict), same-organisation, other-organisation, dns-failure."""

    identifier: Authenticated
    strict: bool
    walk: Walk | None
    key: str

    @property
    def aligned(self) -> bool:
        return self.key in ("same-domain", "same-organisation")

    @property
    def ref(self) -> Ref:
        return REFS[self.identifier.method]


def align(identifier: Authenticated, author: Discovery, record: Record, resolver: Resolver) -> Aligned:
    """Compare one identifier with the author's domain."""
    strict = record.strict(MODES[identifier.method])
    domain = identifier.domain.lower().rstrip(".")
    if identifier.result != "pass":
        return Aligned(identifier, strict, None, "not-pass")
    if domain == author.walk.domain:
        return Aligned(identifier, strict, None, "same-domain")
    if strict:
        return Aligned(identifier, strict, None, "other-domain")
    walked = walk(domain, resolver)
    if walked.failed:
        return Aligned(identifier, strict, walked, "dns-failure")
    same = walked.organisation == author.walk.organisation
    return Aligned(identifier, strict, walked, "same-organisation" if same else "other-organisation")
