"""One connection to a simulated host: each unit of input is judged, answered and taken in by the world."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.finding import Finding
from smtpsim.protocol.smtp import machine
from smtpsim.protocol.smtp.framing import Unit
from smtpsim.protocol.smtp.letter import content_lines
from smtpsim.protocol.smtp.service import SmtpPending, SmtpStep
from smtpsim.world.apply import apply
from smtpsim.world.blocklists import as_of
from smtpsim.world.judge import judge
from smtpsim.world.memory import remember
from smtpsim.world.model import Case, Connection, Host, World


class Taken(NamedTuple):
    """What one unit of input came to."""

    world: World
    connection: Connection
    step: SmtpStep


def connect(world: World, host: Host, client_ip: str, hop: int = 0) -> Taken:
    """Open a connection: the step's reply is the greeting."""
    connection = Connection(host, client_ip, hop)
    return _settle(world, connection, machine.connect(connection.state))


def take(world: World, connection: Connection, unit: Unit) -> Taken:
    """Feed one unit of input to the host's end of the connection."""
    begun = machine.begin(connection.state, connection.host.service, unit)
    if isinstance(begun, SmtpPending) or begun.facts:
        return _settle(world, connection, begun)
    host, client_ip, hop, _, findings, outcomes, way = (
        connection  # as at most lines of a letter: the world is not asked
    )
    return Taken(world, Connection(host, client_ip, hop, begun.state, findings, outcomes, way), begun)


def time_out(world: World, connection: Connection) -> Taken:
    """Let the host hang up on a client that has said nothing for `machine.IDLE_TIME`."""
    return _settle(world, connection, machine.time_out(connection.state, connection.host.service))


def write(connection: Connection, block: bytes) -> Connection:
    """Feed lines of a letter in one piece, as `letter.content_lines` has them: they change only the host's state."""
    return connection._replace(state=content_lines(connection.state, connection.host.service, block))


def _settle(world: World, connection: Connection, begun: SmtpStep | SmtpPending) -> Taken:
    host, client_ip, hop, state, findings, outcomes, way = connection
    if isinstance(begun, SmtpPending):
        findings = still_true(findings, begun.question.stage)
        verdict = judge(world, host, client_ip, state, begun.question, findings)
        step = machine.finish(state, host.service, begun, verdict)
        findings = renewed(findings, verdict.findings)
        if verdict.notes:
            world = remember(world, verdict.notes)
        if verdict.delay:
            world = as_of(world, world.now + verdict.delay)
    else:
        step = begun
    if step.facts:
        world = apply(world, connection, step.facts)
    return Taken(world, Connection(host, client_ip, hop, step.state, findings, outcomes, way), step)


_ENDS: dict[str, tuple[str, ...]] = {
    "helo": ("helo", "mailfrom", "header-from", "signature"),
    "mail": ("mailfrom", "header-from", "signature"),
}
"""Which identities' checks are out of date once a new HELO or MAIL is judged."""


def still_true(findings: tuple[Finding, ...], stage: str) -> tuple[Finding, ...]:
    ended = _ENDS.get(stage)
    return tuple(finding for finding in findings if finding.identity not in ended) if ended and findings else findings


def renewed(findings: tuple[Finding, ...], found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The checks and what was found after them; a finding of the same kind about the same thing takes the place of the
    earlier one, and one that is the same stays where it is."""
    if not findings or not found:
        return findings + found
    newest = [(finding.kind, finding.identity, finding.domain) for finding in found]
    kept = [
        finding
        for finding in findings
        if (finding.kind, finding.identity, finding.domain) not in newest or finding in found
    ]
    return (*kept, *[finding for finding in found if finding not in kept])


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
