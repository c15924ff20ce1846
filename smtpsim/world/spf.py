"""SPF as a host asks it, for each identity that a mail has: the HELO name, the envelope From, the header From."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from smtpsim.kernel.finding import Finding, Identity
from smtpsim.message.addresses import addresses_in
from smtpsim.protocol.smtp.state import Content
from smtpsim.spf import check_host, helo_identity, mail_from_identity
from smtpsim.world.dns.zones import Same

if TYPE_CHECKING:
    from smtpsim.world.model import Case


def spf_finding(case: Case, identity: Identity, subject: str, helo: str) -> Finding:
    """The finding on one identity. `subject` is the HELO name, or an address ("" for the null sender)."""
    world = case.world
    return _found(identity, subject, helo, case.client_ip, case.host.name, world.now, Same(world.zones))


def helo_of(case: Case) -> str:
    """The name that the client gave, `unknown` before it gave any."""
    return case.state.helo or "unknown"


def author(content: Content) -> str:
    """The address in the From header; "" where there is none, or more than one."""
    values = content.headers.values("From")
    addresses = addresses_in(values[0]) if len(values) == 1 else ()
    return addresses[0] if len(addresses) == 1 else ""


def renewed(case: Case, finding: Finding) -> Finding:
    """The same question asked again, after the client's address or the DNS has changed."""
    return spf_finding(case, finding.identity, finding.subject, helo_of(case))


@lru_cache(maxsize=256)
def _found(
    identity: Identity, subject: str, helo: str, client_ip: str, receiver: str, now: int, zones: Same
) -> Finding:
    asked = helo_identity(helo) if identity == "helo" else mail_from_identity(subject, helo)
    verdict = check_host(client_ip, asked.domain, asked.sender, helo, zones.zones, receiver=receiver, now=now)
    return Finding(
        kind="spf",
        identity=identity,
        subject=subject,
        domain=verdict.domain,
        result=verdict.result.value,
        decided_by=verdict.term,
        reason=verdict.reason.value,
        ref=verdict.ref,
        trace=verdict,
    )
