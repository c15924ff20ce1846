"""The whole simulation as one frozen value: say a line to it, and get the turn that this makes."""

from __future__ import annotations

from typing import NamedTuple

from rpds import List

from smtpsim.kernel.printable import decoded, encoded
from smtpsim.message.headers import read_headers
from smtpsim.protocol.smtp.framing import Framer, Line, Octets, Unit
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.transaction import EMPTY, Transaction, after
from smtpsim.session.turn import Turn
from smtpsim.world.load import shipped_world
from smtpsim.world.connection import Connection, Taken, connect, take
from smtpsim.world.model import Host, Outcome, World
from smtpsim.world.transport import settle

_KINDS = {Phase.DATA: "content", Phase.CHUNK: "octets", Phase.AUTH: "answer"}


class Simulation(NamedTuple):
    """A world, and the one connection to it that a person types into.

    Values are frozen: `say` and `feed` give turns whose `after` is the next simulation. The same world, seed
    and lines give the same turns to the byte.
    """

    world: World
    connection: Connection
    transaction: Transaction = EMPTY
    turns: int = 0
    pending: bytes = b""

    @classmethod
    def start(cls, world: World | None = None, host: str = "", client_ip: str = "") -> Turn:
        """Connect to `host` (by default the world's own choice); gives turn 0, whose reply is the greeting.

        Without a world it is the one that ships with the program. Raises LookupError for an unknown host.
        """
        where = world or shipped_world()
        if host and host.lower() not in where.hosts:
            raise LookupError(host)
        return open_simulation(where, where.hosts.get(host.lower()), client_ip)

    def say(self, line: str) -> Turn:
        """Send one line (without its end); gives the turn that it makes.

        Inside a BDAT chunk the line's octets count, CRLF included; what they leave over is kept.
        """
        if self.connection.state.wants_octets or self.pending:
            return self.feed(encoded(line) + b"\r\n")[-1]
        return self.take(Line(encoded(line)))

    def feed(self, data: bytes) -> tuple[Turn, ...]:
        """Send octets, as a socket would: every whole unit among them makes a turn."""
        framer = Framer()
        framer.feed(self.pending + data)
        simulation, turns = self._replace(pending=b""), []
        while (unit := framer.take(simulation.connection.state.wants_octets)) is not None:
            turns.append(simulation.take(unit))
            simulation = turns[-1].after
        rest = framer.rest()
        if rest and turns:
            turns[-1] = turns[-1]._replace(after=simulation._replace(pending=rest))
        return tuple(turns)

    def take(self, unit: Unit) -> Turn:
        """Send one unit: a line, or a piece of a chunk."""
        connection = self.connection
        phase = connection.state.phase
        taken = take(self.world, connection, unit)
        octets = unit.text if isinstance(unit, Line) else unit.data
        return self._turn(_KINDS.get(phase, "command"), decoded(octets), unit, taken)

    def _turn(self, kind: str, line: str, unit: Unit | None, taken: Taken) -> Turn:
        world, connection, step = taken
        transaction, fates = self.transaction, ()
        if step.facts:
            transaction = after(transaction, step.facts, len(self.world.outcomes))
            world = settle(world) if world.under_way else world
            world, fates = news(world)
        if kind == "content" and step.reply is None or kind == "octets":
            transaction = _with_line(transaction, connection, unit)
        next_one = Simulation(world, connection, transaction, self.turns + 1)
        return Turn(self.turns, kind, line, step.reply, step.facts, step.faults, fates, next_one)


def _with_line(transaction: Transaction, connection: Connection, unit: Unit | None) -> Transaction:
    """The header grows with the letter; after its end nothing is looked at."""
    headers = transaction.headers
    if headers.ended:
        return transaction
    if isinstance(unit, Octets):
        return transaction._replace(headers=read_headers(connection.state.content.lines()))
    newest = connection.state.content.newest
    return transaction._replace(headers=headers.add(newest.first)) if newest else transaction


def news(world: World) -> tuple[World, tuple[Outcome, ...]]:
    """The outcomes that were touched since the last turn, and the world with nothing touched."""
    if not world.touched:
        return world, ()
    fates = tuple(world.outcomes[number] for number in sorted(set(world.touched)))
    return world._replace(touched=List()), fates


def open_simulation(world: World, host: Host | None = None, client_ip: str = "") -> Turn:
    """Connect to a host of the world; the turn's reply is the greeting."""
    server = host or world.hosts[world.start.host]
    return reconnect(world, server, client_ip or world.start.client_ip, 0)


def reconnect(world: World, host: Host, client_ip: str, number: int) -> Turn:
    """A new connection in the same world; the turn gets this number."""
    taken = connect(world, host, client_ip)
    blank = Simulation(world, taken.connection, turns=number)
    return blank._turn("connect", "", None, taken)
