"""The whole simulation as one frozen value: say a line to it, and get the turn that this makes.

A turn holds the simulation after it, and the simulation makes turns: the two are one file.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rpds import List

from smtpsim.kernel.dns import Resolver
from smtpsim.kernel.fault import Fault
from smtpsim.kernel.ip import address_literal, normal
from smtpsim.kernel.printable import decoded, encoded
from smtpsim.protocol.dialogue import AnyFact, TlsStarted
from smtpsim.protocol.smtp.extensions.starttls import before_handshake
from smtpsim.protocol.smtp.framing import CRLF, Framer, Line, Unit
from smtpsim.protocol.smtp.letter import takes_blocks
from smtpsim.protocol.smtp.machine import IDLE_TIME
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.transaction import EMPTY, Transaction, after, typed
from smtpsim.world.connection import Taken, connect, take, time_out, write
from smtpsim.world.load import shipped_world
from smtpsim.world.mail_access import load as load_access
from smtpsim.world.model import Connection, Host, Outcome, World
from smtpsim.world.transport import run_queue

if TYPE_CHECKING:
    from smtpsim.world.mail_access.access import Fetched, MailAccess


class DnsName(NamedTuple):
    """A name of the simulated DNS that a turn looked at or changed."""

    name: str


class ListedAddress(NamedTuple):
    """An IP address whose blocklists a turn looked at or changed."""

    address: str


class OpenedMail(NamedTuple):
    """A mail that a turn opened: its mailbox as it is named in a `:` line, and its number there, from 1."""

    mailbox: str
    number: int


About = DnsName | ListedAddress | OpenedMail
"""What a turn of the kind `simulator` is about, where a view shows it."""


class TurnKind(StrEnum):
    """What the input of a turn was."""

    CONNECT = "connect"  # nothing was said: the server greets, or speaks unasked
    COMMAND = "command"  # a command line of SMTP, POP3 or IMAP
    CONTENT = "content"  # a line of the letter, or the dot that ends it
    OCTETS = "octets"  # a piece of a BDAT chunk, or of a literal
    ANSWER = "answer"  # to an AUTH challenge
    SIMULATOR = "simulator"  # a `:` line


class Turn(NamedTuple):
    """`number` counts from 0 (the greeting). `line` is the input without its end; `kind` says what it was.

    `facts` are those of the protocol that was spoken; `fates` are the outcomes that this turn decided or changed.
    `command` is the name of the simulator's command that made the turn, "" for what was said to the server.
    """

    number: int
    kind: TurnKind
    line: str
    reply: Reply | None
    facts: tuple[AnyFact, ...]
    faults: tuple[Fault, ...]
    fates: tuple[Outcome, ...]
    after: Simulation
    command: str = ""
    about: About | None = None


KINDS = {Phase.DATA: TurnKind.CONTENT, Phase.CHUNK: TurnKind.OCTETS, Phase.AUTH: TurnKind.ANSWER}


class Fed:
    """What octets came to: `turns`, one for each whole unit among them, and `after`, the simulation after them all.

    Each is worked out when it is first asked for. Who wants `after` alone pays for no turns: the lines of a letter are
    then taken in one piece, at a fraction of the cost. Unpacks into both.
    """

    def __init__(self, before: Simulation, data: bytes) -> None:
        self._before, self._data = before, data

    def __iter__(self) -> Iterator[Any]:
        yield self.turns
        yield self.after

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        framer, simulation = Framer(), self._before
        framer.feed(simulation.pending + self._data)
        turns = []
        while (unit := framer.take(simulation.wants_octets)) is not None:
            turn = simulation.take(unit)
            if _encrypted(turn):
                turn = turn._replace(faults=turn.faults + before_handshake(framer.drop()))
            turns.append(turn)
            simulation = turn.after
        if turns:
            turns[-1] = turns[-1]._replace(after=simulation._replace(pending=framer.rest()))
        return tuple(turns)

    @cached_property
    def after(self) -> Simulation:
        if turns := self.__dict__.get("turns"):
            last: Turn = turns[-1]
            return last.after
        framer, simulation = Framer(), self._before
        framer.feed(simulation.pending + self._data)
        while (later := _next(simulation, framer)) is not None:
            simulation = later
        return simulation._replace(pending=framer.rest())


def _next(simulation: Simulation, framer: Framer) -> Simulation | None:
    """The simulation after the next unit, or after many lines of a letter; None when more octets must come first."""
    if simulation.access is None and takes_blocks(simulation.connection.state):
        block = framer.take_lines()
        if block is not None:
            return simulation.write(block)
    unit = framer.take(simulation.wants_octets)
    if unit is None:
        return None
    turn = simulation.take(unit)
    if _encrypted(turn):
        framer.drop()
    return turn.after


def _encrypted(turn: Turn) -> bool:
    """Whether TLS begins after this turn."""
    return any(isinstance(fact, TlsStarted) for fact in turn.facts)


class Simulation(NamedTuple):
    """A world, and the one connection to it that a person types into.

    Values are frozen: `say` and `feed` give turns whose `after` is the next simulation. The same world, seed
    and lines give the same turns to the byte. `turns` counts those so far; `pending` holds octets that were fed
    and are no whole unit yet. While mail is picked up by POP3 or IMAP, `access` is the connection that is typed
    into, and `connection` the SMTP one before it. `heard` is when the client last said anything, in seconds since 1970.
    """

    world: World
    connection: Connection
    transaction: Transaction = EMPTY
    turns: int = 0
    pending: bytes = b""
    access: MailAccess | None = None
    heard: int = 0

    @property
    def wants_octets(self) -> int:
        """0 when the next input is a line, else how many octets of a chunk or a literal are still to come."""
        return int((self.access or self.connection).state.wants_octets)

    @property
    def over(self) -> bool:
        """Whether one side has ended the connection."""
        return self.access.over if self.access else self.connection.state.phase is Phase.CLOSED

    @property
    def idle_for_long(self) -> bool:
        """Whether the client has said nothing for as long as the server waits for the next command."""
        limit = load_access(self.access.protocol).idle_time if self.access else IDLE_TIME
        return self.world.now - self.heard >= limit

    @classmethod
    def start(cls, world: World | None = None, host: str = "", client_ip: str = "") -> Turn:
        """Connect to `host` (by default the world's own choice); gives turn 0, whose reply is the greeting.

        Without a world it is the one that ships with the program. Raises LookupError for an unknown host, ValueError
        for a client that is no IP address.
        """
        where = world or shipped_world()
        if host and host.lower() not in where.hosts:
            raise LookupError(host)
        return open_simulation(where, where.hosts.get(host.lower()), client_ip)

    def say(self, line: str) -> Turn:
        """Send one line (without its end); gives the turn that it makes.

        Inside a BDAT chunk, where octets count, CRLF included, the line may end the chunk and make turns of
        what is left over; this gives the last of them, and `feed` all.
        """
        octets = encoded(line)
        if self.wants_octets or self.pending:
            return self.feed(octets + CRLF).turns[-1]
        return self.take(Line(octets))

    def feed(self, data: bytes) -> Fed:
        """Send octets, as a socket would, cut anywhere: what is no whole unit yet waits for the rest."""
        return Fed(self, data)

    def write(self, block: bytes) -> Simulation:
        """The simulation after lines of a letter that came in one piece, where nobody looks at their turns."""
        before = self.connection.state.content
        connection = write(self.connection, block)
        transaction = typed(self.transaction, before, connection.state.content)
        lines = block.count(CRLF) + 1
        turns, now = self.turns + lines, self.world.now
        return self._replace(connection=connection, transaction=transaction, turns=turns, pending=b"", heard=now)

    def take(self, unit: Unit) -> Turn:
        """Send one unit: a line, or a piece of a chunk."""
        if self.access:
            return self._fetched(
                TurnKind.OCTETS if self.wants_octets else TurnKind.COMMAND, decoded(unit[0]), self._pick(unit)
            )
        connection = self.connection
        kind = KINDS.get(connection.state.phase, TurnKind.COMMAND)
        return self.turn_of(kind, decoded(unit[0]), take(self.world, connection, unit))

    def unasked(self) -> Turn | None:
        """What the server says now of its own accord, None for nothing: to a client of IMAP that idles, what is new in
        its mailbox (RFC 2177)."""
        fetched = load_access(self.access.protocol).push(self.world, self.access) if self.access else None
        return self._fetched(TurnKind.CONNECT, "", fetched) if fetched else None

    def turn_of(self, kind: TurnKind, line: str, taken: Taken) -> Turn:
        """The turn of what a connection came to; the letters that it took go as far as they go now."""
        world, connection, step = taken
        transaction = self.transaction
        fates: tuple[Outcome, ...] = ()
        if step.facts:
            transaction = after(transaction, step.facts, len(self.world.outcomes))
            world, fates = news(run_queue(world))
        if not transaction.headers.ended:
            transaction = typed(transaction, self.connection.state.content, connection.state.content)
        later = Simulation(world, connection, transaction, self.turns + 1, heard=world.now)
        return Turn(self.turns, kind, line, step.reply, step.facts, step.faults, fates, later)

    def time_out(self) -> Turn:
        """The turn of a server that has waited long enough for the next command, and hangs up."""
        if self.access:
            fetched = load_access(self.access.protocol).time_out(self.world, self.access)
            return self._fetched(TurnKind.CONNECT, "", fetched)
        return self.turn_of(TurnKind.CONNECT, "", time_out(self.world, self.connection))

    def _pick(self, unit: Unit) -> Fetched:
        assert self.access is not None
        return load_access(self.access.protocol).take(self.world, self.access, unit)

    def _fetched(self, kind: TurnKind, line: str, fetched: Fetched) -> Turn:
        world, heard = fetched.world, self.heard if kind is TurnKind.CONNECT else fetched.world.now
        later = Simulation(world, self.connection, self.transaction, self.turns + 1, access=fetched.access, heard=heard)
        return Turn(self.turns, kind, line, fetched.reply, fetched.facts, fetched.faults, (), later)


def news(world: World) -> tuple[World, tuple[Outcome, ...]]:
    """The outcomes that were touched since the last turn, and the world with nothing touched."""
    if not world.touched:
        return world, ()
    fates = tuple(world.outcomes[number] for number in sorted(set(world.touched)))
    return world._replace(touched=List()), fates


def open_simulation(world: World, host: Host | None = None, client_ip: str = "") -> Turn:
    """Connect to a host of the world, by SMTP where it listens for that; the turn's reply is the greeting. Raises
    ValueError for a client that is no IP address."""
    address = normal(client_ip or world.start.client_ip)
    if not address:
        raise ValueError(client_ip)
    server = host or world.hosts[world.start.host]
    opened = reconnect(world, server, address, 0)
    if "smtp" in server.listens or not server.listens:
        return opened
    return open_mail_access(opened.after._replace(turns=0), server, server.listens[0])._replace(kind=TurnKind.CONNECT)


def open_mail_access(simulation: Simulation, host: Host, protocol: str) -> Turn:
    """Connect to a host to pick up mail; the turn's reply is the greeting."""
    fetched = load_access(protocol).connect(simulation.world, host, simulation.connection.client_ip)
    return simulation._fetched(TurnKind.SIMULATOR, "", fetched)


def reconnect(world: World, host: Host, client_ip: str, number: int) -> Turn:
    """A new connection in the same world, with no mail at hand; the turn gets this number."""
    taken = connect(world, host, client_ip)
    none_yet = Transaction(first_outcome=len(world.outcomes) + 1)
    return Simulation(world, taken.connection, none_yet, number).turn_of(TurnKind.CONNECT, "", taken)


def client_name(simulation: Simulation) -> str:
    """The name of the client's address, else the address as a literal (RFC 5321 4.1.3)."""
    address = simulation.connection.client_ip
    return name_of(simulation.world.zones, address) or address_literal(address)


def name_of(zones: Resolver, address: str) -> str:
    """The name that the reverse zone gives an IP address, "" when it gives none (RFC 1035 3.5)."""
    from ipaddress import ip_address

    answer = zones.query(ip_address(address).reverse_pointer, "PTR")
    return str(answer.records[0]) if answer.records else ""
