"""Dialogues typed to a host whose policies a test sets: small steps, told by codes."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.shell.answer import Refused
from smtpsim.shell.shell import carry_out
from smtpsim.world.load import shipped_world
from smtpsim.world.model import Setting, UsedPolicy, World
from smtpsim.world.policies import load

SHIPPED = shipped_world()
HOST = "mx.hogefuga.com"
CLIENT = "203.0.113.9"
BACK = (":connect", "EHLO a.example", "MAIL FROM:<ann@example.org>")
"""A new connection and a new mail: 220, 250, 250."""


class Said(NamedTuple):
    """Codes of the replies, in their order, and the simulation behind the last."""

    codes: tuple[int, ...]
    after: Simulation


def with_policies(*used: tuple[str, dict[str, Setting]], world: World = SHIPPED) -> World:
    """The world in which a host goes by these policies with these settings, and the mailbox policy after them."""
    policies = tuple(UsedPolicy(load(name), {**load(name).settings, **settings}) for name, settings in used)
    host = world.hosts[HOST]._replace(policies=(*policies, UsedPolicy(load("mailbox"), {})), relay_for=())
    return world.with_host(host)


def say(simulation: Simulation, *lines: str) -> Said:
    """Type lines, and `:` lines for the simulator. Who has waited until the server hung up comes back and begins a
    mail; the codes of that do not count."""
    codes = []
    for line in lines:
        if line.startswith(":"):
            done = carry_out(simulation, line)
            assert not isinstance(done, Refused), done
            turn = done[-1]
        else:
            turn = simulation.say(line)
        simulation = turn.after
        if turn.command == "wait" and turn.reply is not None:
            simulation = say(simulation, *BACK).after
        elif turn.reply is not None:
            codes.append(turn.reply.code)
    return Said(tuple(codes), simulation)


def connected(world: World, client: str = CLIENT) -> Said:
    """A new connection to the host; the code is the greeting's."""
    turn = open_simulation(world, world.hosts[HOST], client)
    assert turn.reply is not None
    return Said((turn.reply.code,), turn.after)


def mailing(world: World, sender: str = "ann@example.org", client: str = CLIENT) -> Simulation:
    """A mail has been begun."""
    return say(connected(world, client).after, "EHLO a.example", f"MAIL FROM:<{sender}>").after


def found(simulation: Simulation, kind: str) -> tuple[str, ...]:
    """The results of the findings of a kind."""
    return tuple(finding.result for finding in simulation.connection.findings if finding.kind == kind)
