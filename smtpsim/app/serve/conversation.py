"""One connection: octets in, units to the owner of the world, replies out, at a pace that is fair to others."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Coroutine
from typing import Any, Protocol, cast

from smtpsim.app.serve import limits, proxy, xclient
from smtpsim.app.serve.limits import Limits
from smtpsim.app.serve.owner import Owner, delay_of
from smtpsim.app.serve.room import Room
from smtpsim.app.serve.service import Client, Port, opened
from smtpsim.app.serve.session import Session
from smtpsim.kernel.ip import normal
from smtpsim.kernel.printable import decoded, encoded
from smtpsim.protocol.smtp.facts import LetterTaken
from smtpsim.protocol.smtp.framing import Framer, Line, Unit
from smtpsim.protocol.smtp.letter import takes_blocks
from smtpsim.protocol.smtp.reply import ReplyRule
from smtpsim.protocol.smtp.state import CONTENT_PHASES, Phase
from smtpsim.session.simulation import Simulation, Turn, TurnKind
from smtpsim.world.fault_action import OrderedFault
from smtpsim.world.mail_access.access import MailAccess

BATCH = 100
"""Units of one client that are answered before the others have their turn."""

TLS_STARTED = "tls"
"""The key of the fact in SMTP, POP3 and IMAP that the client begins a TLS handshake now."""

_IN_TRANSACTION = frozenset({Phase.MAIL, Phase.RCPT, Phase.CHUNKS})


class Serving(Protocol):
    """The server as a connection sees it."""

    limits: Limits
    room: Room
    tls: ssl.SSLContext | None

    def enter(self, conversation: Conversation, ip: str) -> ReplyRule | None: ...

    def leave(self, conversation: Conversation, ip: str) -> None: ...

    def begun(self, port: Port, client: Client, greeting: Turn) -> Session: ...

    def heard(self, session: Session, turn: Turn) -> None: ...

    def run(self, work: Coroutine[Any, Any, None]) -> object: ...

    def owner_of_next(self) -> Owner: ...

    def client_address(self, peer: str) -> str: ...

    def trusts_xclient(self, peer: str) -> bool: ...

    def trusts_proxy(self, peer: str) -> bool: ...


class Conversation(asyncio.Protocol):
    """While it is `held` (a reply is late, a TLS handshake runs, the client does not read), nothing is read."""

    def __init__(self, server: Serving, port: Port) -> None:
        self._server, self._port = server, port
        self._loop = asyncio.get_running_loop()
        self._framer = Framer()
        self._out: list[bytes] = []
        self._holds = 0
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._ended = False
        self._eof = False
        self._commands = 0
        self._secure = port.kind.tls
        self._awaits_proxy = False
        self._watches = False
        self._idle_time = server.limits.idle_time(port.kind.protocol)
        self._content = self._weight = 0
        self._starved = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=self._server.limits.unsent)
        peer = transport.get_extra_info("peername")
        self._peer = normal(peer[0]) if peer else ""
        refused = self._server.enter(self, self._peer)
        self._wait(self._idle_time)
        if refused:
            self.part(refused)
        elif self._server.trusts_proxy(self._peer):
            self._awaits_proxy = True
        else:
            self._begin(self._server.client_address(self._peer))

    def data_received(self, data: bytes) -> None:
        self._framer.feed(data)
        if self._awaits_proxy:
            self._read_proxy()
        elif not self._holds:
            self._work()

    def eof_received(self) -> bool:
        """The client says no more: answer what has come, then close."""
        self._eof = True
        if not self._holds:
            self._close()
        return not self._secure

    def pause_writing(self) -> None:
        self._hold()
        self._wait(self._server.limits.sending_time)

    def resume_writing(self) -> None:
        self._wait(self._idle_time)
        self._release()

    def connection_lost(self, error: Exception | None) -> None:
        if self._ended:
            return
        self._ended = True
        if self._timer:
            self._timer.cancel()
        if self._watches:
            self.owner.unwatch(self._changed)
        self._server.room.coming -= self._weight
        self._server.leave(self, self._peer)

    def part(self, rule: ReplyRule) -> None:
        """Hang up unasked, with the reply that tells why."""
        name = self._port.host
        self._out.append(limits.farewell(self._port.kind.protocol, rule, name, self._peer))
        self._close()

    def abort(self) -> None:
        self._transport.abort()

    def _begin(self, ip: str) -> None:
        """Let the client connect to the simulated host, and say the host's greeting."""
        server = self._server
        may_tls = server.tls is not None and not self._secure
        self._client = Client(ip, server.trusts_xclient(self._peer), may_tls or self._secure)
        self.owner = server.owner_of_next()
        turn = self.owner.open(self._opened)
        self.session = server.begun(self._port, self._client, turn)
        self._answer(turn)
        self._send()

    def _opened(self, world: object) -> Turn:
        return opened(self.owner.world, self._port.kind, self._port.host, self._client)

    def _read_proxy(self) -> None:
        found = proxy.read_header(self._framer.rest())
        if found is None:
            self.abort()
        elif found.octets:
            self._awaits_proxy = False
            rest = self._framer.rest()[found.octets :]
            self._framer = Framer()
            self._begin(found.address or self._server.client_address(self._peer))
            self.data_received(rest)

    def _work(self) -> None:
        """Answer what has come."""
        framer, count = self._framer, 0
        while not self._holds:
            if takes_blocks(self._simulation.connection.state) and (block := framer.take_lines()) is not None:
                self._write(block)
            unit = framer.take(self._simulation.wants_octets)
            if unit is None:
                break
            self._take(unit)
            count += 1
            if count == BATCH:
                self._hold()
                self._loop.call_soon(self._release)
        if self._watches and not self._holds:
            self._tell()
        self._send()
        if count and not self._holds:
            self._wait(self._idle_time)

    def _take(self, unit: Unit) -> None:
        if self._client.xclient and isinstance(unit, Line) and self._is_xclient(unit):
            self._xclient(decoded(unit.text))
            return
        self._answer(self.owner.take(self._simulation, unit, self._refusals()))
        if self._content and self._server.room.overflows:
            self.part(limits.NO_ROOM_LEFT)
            self._hold()

    def _write(self, block: bytes) -> None:
        """Lines of a letter change nothing but this connection's own end of the dialogue. Where there is no room for
        them, they are read and dropped, and the letter is refused at its end."""
        if self._starved or self._server.room.lacks(len(block)):
            self._starved = True
            return
        self._simulation = self.session.simulation = self._simulation.write(block)
        self.session.wrote(block)
        self._weigh()

    def _weigh(self) -> None:
        """Count what this connection holds in memory: the letter under way, and the dialogue where it is kept."""
        connection = self._simulation.connection
        size = connection.host.service.limits.size
        octets = connection.state.content.octets + connection.state.partial.octets
        self._content = min(octets, size) if size else octets
        weight = self._content + self.session.octets
        self._server.room.coming += weight - self._weight
        self._weight = weight

    def _refusals(self) -> tuple[OrderedFault, ...]:
        """What has no room now. Each recipient gets a copy of the letter."""
        room = self._server.room
        if not self._content and not self._starved and not room.full(self.owner.world):
            return ()
        connection = self._simulation.connection
        envelope = connection.state.envelope
        letter = self._content * len(envelope.accepted) if envelope else 0
        return room.refusals(connection.host.name, self.owner.world, letter, self._starved)

    def _answer(self, turn: Turn) -> None:
        """Say the reply of a turn, now or late, and do what it means for the connection."""
        self._simulation = self.session.simulation = self.owner.resting(turn.after)
        self._server.heard(self.session, turn)
        self._weigh()
        if turn.reply is not None:
            self._starved = False
        self._count(turn)
        if turn.after.access is not None:
            self._watch(turn.after.access)
        if turn.reply is not None:
            self._out.append(encoded(turn.reply.wire()))
        delay = delay_of(turn) if turn.faults else 0
        if delay:
            self._say_later(self.owner.clock.real_seconds(delay))
        if turn.after.over:
            self._end(broken=turn.reply is None and turn.kind != TurnKind.CONNECT)
        elif turn.facts and turn.facts[-1].key == TLS_STARTED:
            self._begin_tls()

    def _watch(self, access: MailAccess) -> None:
        """While the client idles, what happens in its mailbox is told as soon as it happens."""
        if access.waits != self._watches:
            self._watches = access.waits
            if self._watches:
                self.owner.watch(access.opened, self._changed)
            else:
                self.owner.unwatch(self._changed)

    def _changed(self) -> None:
        """Not at once: whoever has changed the mailbox is to be answered first, and may change it further."""
        if not self._holds and not self._ended:
            self._hold()
            self._loop.call_soon(self._release)

    def _tell(self) -> None:
        """Tell what is new in the mailbox that is watched."""
        turn = self.owner.unasked(self._simulation)
        if turn:
            self._answer(turn)

    def _count(self, turn: Turn) -> None:
        """Commands between two letters are counted: whoever needs very many does not mean to send mail."""
        if turn.kind is TurnKind.CONNECT:
            return
        self._commands += 1
        if turn.facts and type(turn.facts[-1]) is LetterTaken:
            self._commands = 0
        elif self._commands > self._server.limits.commands and turn.kind == TurnKind.COMMAND:
            self.part(limits.TOO_MANY_COMMANDS)
            self._hold()

    def _say_later(self, seconds: float) -> None:
        """Hold the last reply back; what stood before it goes out now."""
        late = self._out.pop() if self._out else b""
        self._send()
        self._hold()
        self._wait(seconds + self._idle_time)
        self._loop.call_later(seconds, self._say_late, late)

    def _say_late(self, late: bytes) -> None:
        self._out.append(late)
        self._send()
        self._release()
        if self._simulation.over:
            self._close()

    def _end(self, broken: bool) -> None:
        """One side has ended the dialogue; a connection that is broken says nothing more."""
        if broken:
            self.abort()
        elif not self._holds:
            self._close()
        self._hold()

    def _begin_tls(self) -> None:
        """What was typed ahead in clear text is dropped: an attacker may have put it there (CVE-2011-0411)."""
        if self._server.tls is None:
            self._close()
            return
        self._framer = Framer()
        self._hold()
        self._send()
        self._server.run(self._start_tls())

    async def _start_tls(self) -> None:
        assert self._server.tls
        seconds = self._server.limits.handshake_time
        try:
            upgraded = await self._loop.start_tls(
                self._transport, self, self._server.tls, server_side=True, ssl_handshake_timeout=seconds
            )
        except (TimeoutError, OSError, ssl.SSLError):
            self.abort()
            return
        if upgraded is None:
            return
        self._transport, self._secure = upgraded, True
        self._release()

    def _is_xclient(self, unit: Line) -> bool:
        simulation = self._simulation
        in_content = simulation.access is not None or simulation.connection.state.phase in CONTENT_PHASES
        return not in_content and xclient.is_xclient(decoded(unit.text))

    def _xclient(self, line: str) -> None:
        """Another client connects in the place of this one."""
        state = self._simulation.connection.state
        told = xclient.read_xclient(line)
        if state.phase in _IN_TRANSACTION or isinstance(told, str):
            rule = xclient.BAD if isinstance(told, str) else xclient.IN_TRANSACTION
            found = told if isinstance(told, str) else ""
            self._out.append(encoded(xclient.refusal(rule, state.esmtp, found).wire()))
            return
        self._client = self._client._replace(ip=told.address or self._client.ip)
        turn = self.owner.open(self._opened)
        connection = turn.after.connection
        if not turn.after.over:
            connection = connection._replace(state=told.state(state))
            turn = turn._replace(after=turn.after._replace(connection=connection))
        self.session.client = self._client
        self.session.restart()
        self._answer(turn)

    def _hold(self) -> None:
        self._holds += 1
        if self._holds == 1 and not self._transport.is_closing():
            self._transport.pause_reading()

    def _release(self) -> None:
        self._holds -= 1
        if self._holds or self._ended or self._transport.is_closing():
            return
        self._transport.resume_reading()
        self._work()
        if self._eof and not self._holds:
            self._close()

    def _send(self) -> None:
        if self._out:
            self._transport.write(b"".join(self._out))
            self._out.clear()

    def _close(self) -> None:
        """Hang up once the client has read what was said, or too late for that."""
        self._send()
        if not self._transport.is_closing():
            self._transport.close()
        self._wait(self._server.limits.sending_time)

    def _wait(self, seconds: float) -> None:
        """From now on the client has so long. The timer is not set anew for each command: when it is due, it looks
        whether there is more time by now."""
        self._due = self._loop.time() + seconds
        if self._timer is not None and self._timer.when() > self._due:
            self._timer.cancel()
            self._timer = None
        if self._timer is None and not self._ended:
            self._timer = self._loop.call_at(self._due, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._ended:
            return
        if self._loop.time() < self._due:
            self._timer = self._loop.call_at(self._due, self._look)
        elif self._transport.is_closing() or self._holds or self._awaits_proxy:
            self.abort()
        else:
            self._answer(self.owner.time_out(self._simulation))

    _simulation: Simulation
