"""The server: its ports, its connections, and the one world behind them."""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from collections.abc import Coroutine, Iterable
from functools import partial
from itertools import count
from typing import Any, NamedTuple, Protocol

from smtpsim.app.serve.clock import clock
from smtpsim.app.serve.conversation import Conversation
from smtpsim.app.serve.letters import Letters
from smtpsim.app.serve.limits import SHUTTING_DOWN, TOO_MANY, TOO_MANY_FROM, Limits
from smtpsim.app.serve.owner import Owner, Tell, in_world
from smtpsim.app.serve.room import EACH, Room
from smtpsim.app.serve.service import KINDS, Client, Port, answering
from smtpsim.app.serve.session import Session
from smtpsim.explain import Words
from smtpsim.protocol.smtp.facts import LetterTaken
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.shell.answer import Refused, Turns
from smtpsim.shell.shell import Shell, standing
from smtpsim.world.model import Connection, Host, Outcome, World
from smtpsim.world.policies.relay import in_networks

LOOPBACK = ("127.0.0.0/8", "::1/128")
GRACE = 5.0
"""Seconds that clients have to read the last reply when the server stops."""
TICK = 1.0
COUNTED = 10
"""Seconds between two counts of all mail while there is little of it: to look at very many mailboxes takes time."""


class Listen(NamedTuple):
    """A port to open: what it is for (a key of KINDS), and where. Port 0 is any that is free."""

    name: str
    address: str
    number: int


class Wishes(NamedTuple):
    """What the options say. Clients on loopback, whose address means nothing to SPF, speak from `client_ip`, "" for the
    world's own choice."""

    listen: tuple[Listen, ...]
    host: str = ""
    client_ip: str = ""
    clock: str = "real"
    own_world: bool = False
    xclient: tuple[str, ...] = LOOPBACK
    proxy: tuple[str, ...] = ()
    limits: Limits = Limits()


class Observer(Protocol):
    """Who is told of what happens. `heard` comes for each turn, the greeting among them, but for lines of a letter;
    dialogues are kept for those who look at them."""

    looks_at_dialogues: bool

    def heard(self, session: Session, turn: Turn) -> None: ...

    def ended(self, session: Session) -> None: ...


class Server:
    """Everything runs in one event loop. Observers are told of each turn."""

    def __init__(
        self, wishes: Wishes, world: World, tls: ssl.SSLContext | None = None, certificate: bytes = b""
    ) -> None:
        self.wishes, self.limits, self.tls, self.certificate = wishes, wishes.limits, tls, certificate
        self.owner = Owner(world, clock(wishes.clock, world.now))
        self.owner.tell = self._happened
        self.room = Room(wishes.limits)
        self.observers: list[Observer] = []
        self.tells: list[Tell] = []
        self.letters: Letters | None = None
        self.sessions: dict[int, Session] = {}
        self.bound: list[Listen] = []
        self._client_ip = wishes.client_ip or world.start.client_ip
        self.count = self.mails = 0
        self._conversations: set[Conversation] = set()
        self._by_address: Counter[str] = Counter()
        self._own: set[Owner] = set()
        self._running: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def start(self) -> None:
        """Open the ports. Raises OSError for one that cannot be opened, LookupError with the name of a kind of port
        that no host of the world answers on."""
        loop = asyncio.get_running_loop()
        for wanted in self.wishes.listen:
            kind = KINDS[wanted.name]
            host = answering(self.owner.world, kind, self.wishes.host or self.owner.world.start.host)
            if not host:
                raise LookupError(wanted.name)
            made = partial(Conversation, self, Port(wanted.name, kind, host))
            context = self.tls if kind.tls else None
            listening = await loop.create_server(made, wanted.address, wanted.number, ssl=context, backlog=1024)
            self._running.append(listening)
            self.bound += [wanted._replace(number=socket.getsockname()[1]) for socket in listening.sockets[:1]]
        self.run(self._tick())

    async def stop(self) -> None:
        """Say 421 to everybody, and give them a moment to read it."""
        self._stopped = True
        for listening in self._running:
            listening.close()
        for conversation in tuple(self._conversations):
            conversation.part(SHUTTING_DOWN)
        for _ in range(int(GRACE * 50)):
            if not self._conversations:
                break
            await asyncio.sleep(0.02)
        for conversation in tuple(self._conversations):
            conversation.abort()
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def run(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run a task that nobody waits for; it ends with the server."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def enter(self, conversation: Conversation, ip: str) -> ReplyRule | None:
        """A client has connected; gives the reply that turns it away, None where there is room."""
        self._conversations.add(conversation)
        self._by_address[ip] += 1
        if len(self._conversations) > self.limits.connections:
            return TOO_MANY
        return TOO_MANY_FROM if self._by_address[ip] > self.limits.from_address else None

    def leave(self, conversation: Conversation, ip: str) -> None:
        self._conversations.discard(conversation)
        self._by_address[ip] -= 1
        if not self._by_address[ip]:
            del self._by_address[ip]
        session = getattr(conversation, "session", None)
        if session is not None:
            session.ended = max(1, self.owner.world.now)
            self._own.discard(conversation.owner)
            self.sessions.pop(session.number, None)
            for observer in self.observers:
                observer.ended(session)

    def owner_of_next(self) -> Owner:
        """Whose world the next connection is in: the shared one, or a fresh one of its own."""
        if not self.wishes.own_world:
            return self.owner
        owner = self.owner.fresh()
        self._own.add(owner)
        return owner

    def remember_letters(self) -> Letters:
        """Remember from now on with which envelope each mail has come."""
        self.letters = Letters(self.limits.memory)
        self.letters.begin_with(self.owner.world)
        self.observers.insert(0, self.letters)
        self.tells.append(self.letters.happened)
        return self.letters

    def order(self, line: str, say: Words) -> Refused | None:
        """Carry out a `:` line that changes the world (:fault, :dns, :policy, :wait, ...), from outside of all
        connections; gives why it was not carried out."""
        simulation = Simulation(self.owner.now(), Connection(self.answering_host(), self._client_ip))
        answer = Shell(standing(simulation), say).command(line)
        if isinstance(answer, Turns):
            self.owner.replace(answer.turns[-1].after.world)
            return None
        return answer if isinstance(answer, Refused) else Wrong("not-recorded", {"line": line})

    def begun(self, port: Port, client: Client, greeting: Turn) -> Session:
        self.count += 1
        session = Session(
            self.count, port.name, client, greeting, any(observer.looks_at_dialogues for observer in self.observers)
        )
        self.sessions[session.number] = session
        return session

    def heard(self, session: Session, turn: Turn) -> None:
        letters = [fact for fact in turn.facts if isinstance(fact, LetterTaken)] if turn.facts else ()
        taken = tuple(letter.queue_id for letter in letters)
        for letter in letters:
            self.mails += 1
            self.room.lying += (letter.content.octets + EACH) * len(letter.envelope.accepted)
        session.heard(turn, taken)
        for observer in self.observers:
            observer.heard(session, turn)
        if turn.fates:
            self._happened(turn.after.world, turn.fates)

    def _happened(self, world: World, fates: tuple[Outcome, ...]) -> None:
        for tell in self.tells:
            tell(world, fates)

    def answering_host(self) -> Host:
        """The host that answers SMTP, as it is now."""
        world = self.owner.world
        return world.hosts[self.wishes.host or world.start.host]

    def as_it_is(self, session: Session) -> Simulation:
        """The connection of a session in its world as that is now; of a world of its own that has gone with it, the
        world at the start is left."""
        owners = (one.owner for one in self._conversations if getattr(one, "session", None) is session)
        return in_world(next(owners, self.owner).world, session.simulation)

    def client_address(self, peer: str) -> str:
        """The address that a client speaks from in the simulated Internet."""
        return self._client_ip if _within(peer, LOOPBACK) else peer

    def trusts_xclient(self, peer: str) -> bool:
        return _within(peer, self.wishes.xclient)

    def trusts_proxy(self, peer: str) -> bool:
        return _within(peer, self.wishes.proxy)

    async def _tick(self) -> None:
        """Time passes also while nobody says anything: queues are run when they are due."""
        for second in count():
            if self.room.half_full or second % COUNTED == 0:
                self.room.count((self.owner.octets(), *(owner.own_octets() for owner in self._own)))
            await asyncio.sleep(TICK)
            self.owner.advance()


def _within(address: str, networks: Iterable[str]) -> bool:
    return bool(address) and in_networks(address, tuple(networks))
