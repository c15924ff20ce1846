"""What a connection's findings would be now: the client's address, or the DNS, has changed since they were made."""

from __future__ import annotations

from smtpsim.kernel.finding import Finding
from smtpsim.world.model import Case, Connection, World


def rechecked(world: World, connection: Connection) -> Connection:
    """The connection with every check that its host can make anew made anew, in their order, since a later one may
    rest on those before it. Replies already given stand."""
    findings: tuple[Finding, ...] = ()
    for finding in connection.findings:
        findings += (_again(world, connection, finding, findings),)
    return connection._replace(findings=findings)


def _again(world: World, connection: Connection, finding: Finding, before: tuple[Finding, ...]) -> Finding:
    for used in connection.host.policies:
        if finding.kind in (used.policy.name, *used.policy.finds) and used.policy.renew is not None:
            host, state = connection.host, connection.state
            return used.policy.renew(Case(world, host, connection.client_ip, state, used.settings, before), finding)
    return finding
