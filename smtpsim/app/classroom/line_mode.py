"""Pupils without a browser: telnet or nc, a line at a time."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping
from contextlib import suppress

from smtpsim.app.classroom.allowance import MOST_STEPS, Allowance
from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import Pupil
from smtpsim.app.classroom.roster import Joined
from smtpsim.app.environment import Environment
from smtpsim.app.pipe_commands import Commands
from smtpsim.kernel.printable import decoded
from smtpsim.protocol.smtp.framing import Line
from smtpsim.shell.answer import Grant

LONGEST_LINE = 4_096
PATIENCE = 20.0
GRACE = 1.0
TO_JOIN = 120.0
"""Seconds in which somebody who has connected has to give the code and a name."""

COLUMNS = 78

IAC, SB, SE = 255, 250, 240
"""Telnet's commands begin with IAC (RFC 854); WILL to DONT (251 to 254) have an option after them."""


class LineMode:
    """Listens for pupils; `start` gives the address."""

    def __init__(self, classroom: Classroom) -> None:
        self._classroom = classroom
        self._server: asyncio.Server | None = None
        self._connected: set[asyncio.Task[None]] = set()

    async def start(self, host: str, port: int) -> tuple[str, int]:
        self._server = await asyncio.start_server(self._joined, host, port, limit=LONGEST_LINE)
        address = self._server.sockets[0].getsockname()
        return address[0], address[1]

    async def stop(self) -> None:
        """Close the port, and leave everybody."""
        if self._server is not None:
            self._server.close()
        for task in tuple(self._connected):
            task.cancel()
        await asyncio.gather(*self._connected, return_exceptions=True)

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connected.add(task)
        try:
            with suppress(ConnectionError, TimeoutError, asyncio.IncompleteReadError):
                pupil = await self._let_in(reader, writer)
                if pupil is not None:
                    await self._session(pupil, reader, writer)
        finally:
            self._connected.discard(task)
            writer.close()
            with suppress(ConnectionError, TimeoutError):
                async with asyncio.timeout(GRACE):
                    await writer.wait_closed()
            writer.transport.abort()  # who does not read what is left has had the time for it

    async def _let_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Pupil | None:
        """Ask for the code, or the secret of somebody who was here before, and the name. None for who gives up, takes
        too long or tries too often."""
        say = self._classroom.words
        while True:
            await _put(writer, say("class.line-welcome"))
            async with asyncio.timeout(TO_JOIN):
                line = await _line(reader)
            if line is None:
                return None
            code, _, alias = line.strip().partition(" ")
            found = self._classroom.roster.join(writer.get_extra_info("peername")[0], code, alias, code)
            if isinstance(found, Joined):
                await _put(writer, f"{say('class.line-back', secret=found.secret)}\r\n")
                pupil: Pupil = found.member
                return pupil
            await _put(writer, f"{say(f'class.{found.key}')}\r\n")
            if found.key == "too-many-tries":
                return None

    async def _session(self, pupil: Pupil, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """The dialogue as `nc` shows it; pages and remarks stand between its lines."""
        shell = pupil.state.shell
        shell.grants = frozenset({Grant.READ})
        sink, remarks = io.BytesIO(), io.StringIO()
        commands = Commands(shell, _environment(sink, remarks))
        allowance = Allowance(asyncio.get_running_loop().time)
        pupil.here += 1
        try:
            greeting = next((turn.reply for turn in reversed(shell.timeline.turns) if turn.reply), None)
            await _put(writer, greeting.wire() if greeting else "")
            while not commands.left and (line := await _line(reader)) is not None:
                if pupil.removed:
                    await _put(writer, f"{shell.words('class.removed')}\r\n")
                    break
                if shell.last.number >= MOST_STEPS:
                    pupil.warned = "class.too-long"
                    await _put(writer, f"{shell.words(pupil.warned)}\r\n")
                    break
                late = allowance.wait(f"{line}\n")
                pupil.warned = "class.flood" if late else pupil.warned
                await asyncio.sleep(late)  # the others have their turn, and who floods has to wait
                pupil.touched()
                if not self._classroom.frozen:
                    commands.take(Line(line.encode("utf-8", "surrogateescape")))
                    pupil.state.settle()
                await _put(writer, _said(pupil, sink, remarks))
        finally:
            pupil.here -= 1


def _said(pupil: Pupil, sink: io.BytesIO, remarks: io.StringIO) -> str:
    """What came of a line: the server's lines and pages, then remarks, then why."""
    text = decoded(sink.getvalue()) + remarks.getvalue()
    for stream in (sink, remarks):
        stream.seek(0)
        stream.truncate()
    message, pupil.state.message = pupil.state.message, None
    why = message.value if message else ""
    return "\r\n".join([*text.splitlines(), *([f"  ({why})"] if why else []), ""]) if text or why else ""


def _environment(sink: io.BytesIO, remarks: io.StringIO) -> Environment:
    variables: Mapping[str, str] = {"COLUMNS": str(COLUMNS)}
    return Environment(io.BytesIO(), sink, remarks, remarks, variables, False)


async def _line(reader: asyncio.StreamReader) -> str | None:
    """The next line without its end and without what telnet says of itself; None at the end of the input."""
    try:
        octets = await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError as wrong:
        await reader.readexactly(wrong.consumed)
        return ""
    except asyncio.IncompleteReadError:
        return None
    return decoded(plain(octets).rstrip(b"\r\n"))


def plain(octets: bytes) -> bytes:
    """Octets without telnet's commands: IAC IAC is the octet 255 (RFC 854)."""
    if IAC not in octets:
        return octets
    found, at = bytearray(), 0
    while at < len(octets):
        if octets[at] != IAC:
            found.append(octets[at])
            at += 1
        elif octets[at + 1 : at + 2] == bytes((IAC,)):
            found.append(IAC)
            at += 2
        elif octets[at + 1 : at + 2] == bytes((SB,)):
            end = octets.find(bytes((IAC, SE)), at)
            at = len(octets) if end < 0 else end + 2
        else:
            at += 3 if octets[at + 1 : at + 2] >= bytes((251,)) else 2
    return bytes(found)


async def _put(writer: asyncio.StreamWriter, text: str) -> None:
    writer.write(text.encode("utf-8", "surrogateescape"))
    # not `wait_for`: in Python 3.11 it loses a cancellation that comes as its wait ends, and a task then never stops
    async with asyncio.timeout(PATIENCE):
        await writer.drain()
