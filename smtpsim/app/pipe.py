"""Pipe mode: SMTP on standard input, the server's lines on standard output, as `nc` to that server would show."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO, NamedTuple, Protocol

from smtpsim.kernel.printable import decoded, encoded
from smtpsim.protocol.smtp.framing import Framer, Line, Unit
from smtpsim.protocol.smtp.offer import without
from smtpsim.protocol.smtp.table import CONTENT_PHASES
from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.session.turn import Turn

READ_SIZE = 65_536


class Input(Protocol):
    """What pipe mode reads from: `read1` gives what is there, b"" at the end."""

    def read1(self, size: int, /) -> bytes: ...


class Manner(NamedTuple):
    """How a pipe is served: what a unit of input does (None: nothing), and after which turn it is over."""

    take: Callable[[Simulation, Unit], Turn | None]
    over: Callable[[Turn], bool]


def hung_up(turn: Turn) -> bool:
    """Whether one side has ended the connection."""
    return turn.after.over


SMTP_ONLY = Manner(Simulation.take, hung_up)
"""Everything on the pipe is SMTP: whoever writes to it may be a stranger."""


def with_commands(complain: Callable[[str], None]) -> Manner:
    """A line that starts with `:` outside a letter is for the simulator, which may also connect anew.

    `complain` gets the line of a command that cannot be carried out.
    """

    def take(simulation: Simulation, unit: Unit) -> Turn | None:
        in_letter = simulation.connection.state.phase in CONTENT_PHASES and not simulation.pickup
        if in_letter or not isinstance(unit, Line) or not unit.text.startswith(b":"):
            return simulation.take(unit)
        return _ordered(simulation, decoded(unit.text), complain)

    return Manner(take, lambda turn: False)


def _ordered(simulation: Simulation, line: str, complain: Callable[[str], None]) -> Turn | None:
    from smtpsim.session.commands import run

    turn = run(simulation, line)
    if isinstance(turn, Turn):
        return turn
    complain(line)
    return None


def unencrypted(first: Turn) -> Turn:
    """The same beginning without STARTTLS: a real client would start a real handshake, which we only play."""
    connection = first.after.connection
    host = connection.host
    plain = host._replace(service=without(host.service, "starttls"))
    return open_simulation(first.after.world, plain, connection.client_ip)


def serve(first: Turn, source: Input, sink: BinaryIO, manner: Manner = SMTP_ONLY) -> Turn:
    """Answer until the client says QUIT, the server hangs up, or the input ends; gives the last turn.

    Every reply is flushed at once, with its CRLF; a client that has gone away ends the session quietly.
    """
    framer, turn = Framer(), first
    try:
        _send(turn, sink)
        while not manner.over(turn) and (unit := _next(framer, turn, source)) is not None:
            made = manner.take(turn.after, unit)
            if made is not None:
                turn = made
                _send(turn, sink)
    except BrokenPipeError:
        return turn
    return turn


def _next(framer: Framer, turn: Turn, source: Input) -> Unit | None:
    wanted = turn.after.wants_octets
    while (unit := framer.take(wanted)) is None:
        data = source.read1(READ_SIZE)
        if not data:
            return None
        framer.feed(data)
    return unit


def _send(turn: Turn, sink: BinaryIO) -> None:
    if turn.reply is not None:
        sink.write(encoded(turn.reply.wire()))
        sink.flush()
