"""One connection to a simulated host: each unit of input is judged, answered and taken in by the world."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.kernel.check import Check
from smtpsim.protocol.smtp import machine
from smtpsim.protocol.smtp.framing import Line, Unit
from smtpsim.protocol.smtp.state import State
from smtpsim.protocol.smtp.step import Pending, Step
from smtpsim.world.apply import apply
from smtpsim.world.blocklists import as_of
from smtpsim.world.judge import judge
from smtpsim.world.memory import remember
from smtpsim.world.model import Host, World


class Connection(NamedTuple):
    """`hop` is 0 for the dialogue that a person types; `checks` are the findings of this connection.

    `outcomes` numbers the outcomes of the accepted recipients, where a relay knows them already, and `way` names
    the hosts that have had the letter before.
    """

    host: Host
    client_ip: str
    hop: int = 0
    state: State = State()
    checks: tuple[Check, ...] = ()
    outcomes: tuple[int, ...] = ()
    way: tuple[str, ...] = ()


class Taken(NamedTuple):
    """What one unit of input came to."""

    world: World
    connection: Connection
    step: Step


def connect(world: World, host: Host, client_ip: str, hop: int = 0) -> Taken:
    """Open a connection: the step's reply is the greeting."""
    connection = Connection(host, client_ip, hop)
    return _settle(world, connection, machine.connect(connection.state))


def take(world: World, connection: Connection, unit: Unit) -> Taken:
    """Feed one unit of input to the host's end of the connection."""
    return _settle(world, connection, machine.begin(connection.state, connection.host.service, unit))


def write(world: World, connection: Connection, lines: Iterable[Line]) -> Taken:
    """Feed lines of a letter, none of which ends it: they change nothing but the host's end of the dialogue."""
    state, service = connection.state, connection.host.service
    step = Step(state, None)
    for line in lines:
        begun = machine.begin(state, service, line)
        assert isinstance(begun, Step)
        step, state = begun, begun.state
    return Taken(world, connection._replace(state=state), step)


def _settle(world: World, connection: Connection, begun: Step | Pending) -> Taken:
    host, client_ip, hop, state, checks, outcomes, way = connection
    if isinstance(begun, Pending):
        checks = still_true(checks, begun.question.stage)
        verdict = judge(world, host, client_ip, state, begun.question, checks)
        step = machine.finish(state, host.service, begun, verdict)
        checks = renewed(checks, verdict.checks)
        if verdict.notes:
            world = remember(world, verdict.notes)
        if verdict.delay:
            world = as_of(world, world.now + verdict.delay)
    else:
        step = begun
    if step.facts:
        world = apply(world, connection, step.facts)
    return Taken(world, Connection(host, client_ip, hop, step.state, checks, outcomes, way), step)


_ENDS: dict[str, tuple[str, ...]] = {
    "helo": ("helo", "mailfrom", "header-from", "signature"),
    "mail": ("mailfrom", "header-from", "signature"),
}
"""Which identities' checks are out of date once a new HELO or MAIL is judged."""


def still_true(checks: tuple[Check, ...], stage: str) -> tuple[Check, ...]:
    ended = _ENDS.get(stage)
    return tuple(check for check in checks if check.identity not in ended) if ended and checks else checks


def renewed(checks: tuple[Check, ...], found: tuple[Check, ...]) -> tuple[Check, ...]:
    """The checks and what was found after them; a finding of the same kind about the same thing takes the place of the
    earlier one, and one that is the same stays where it is."""
    if not checks or not found:
        return checks + found
    newest = [(check.kind, check.identity, check.domain) for check in found]
    kept = [check for check in checks if (check.kind, check.identity, check.domain) not in newest or check in found]
    return (*kept, *[check for check in found if check not in kept])
