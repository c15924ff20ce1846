"""Whether the envelope sender of the mail at hand is somebody else than its client: bounces would hit a stranger."""

from __future__ import annotations

from smtpsim.kernel.address import split_address
from smtpsim.session.simulation import Simulation, name_of
from smtpsim.spf import Result


def forged(simulation: Simulation) -> str:
    """What speaks for it: `spf` (the sender's domain forbids this client), `stranger` (nothing shows that the client
    is of that domain), or "" (the client is of the domain, or speaks for it; or there is no sender)."""
    domain = split_address(simulation.transaction.sender or "").host
    if not domain or _is_known_there(simulation, domain):
        return ""
    findings = simulation.connection.findings
    result = next(
        (finding.result for finding in findings if (finding.kind, finding.identity) == ("spf", "mailfrom")), ""
    )
    if result == Result.FAIL:
        return "spf"
    return "" if result == Result.PASS or _has_name_there(simulation, domain) else "stranger"


def _is_known_there(simulation: Simulation, domain: str) -> bool:
    """A user of the domain who has logged in, or a host of it."""
    connection = simulation.connection
    user = split_address(connection.state.user or "").host
    host = simulation.world.host_at(connection.client_ip)
    return user == domain or (host is not None and domain in host.domains)


def _has_name_there(simulation: Simulation, domain: str) -> bool:
    name = name_of(simulation.world.zones, simulation.connection.client_ip).lower()
    return name == domain or name.endswith(f".{domain}")
