"""Pipe mode: SMTP on standard input, the server's lines on standard output, as `nc` to that server would show."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from smtpsim.app.environment import Input
from smtpsim.kernel.printable import decoded, encoded
from smtpsim.protocol.smtp.framing import Framer, Line, Unit
from smtpsim.protocol.smtp.offer import without
from smtpsim.protocol.smtp.table import CONTENT_PHASES
from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.session.turn import Turn

if TYPE_CHECKING:
    from smtpsim.session.orders import Refused

READ_SIZE = 65_536


class Manner(NamedTuple):
    """How a pipe is served: the turns that a unit of input makes, and after which turn it is over."""

    take: Callable[[Simulation, Unit], tuple[Turn, ...]]
    over: Callable[[Turn], bool]


def hung_up(turn: Turn) -> bool:
    """Whether one side has ended the connection."""
    return turn.after.over


def _taken(simulation: Simulation, unit: Unit) -> tuple[Turn, ...]:
    return (simulation.take(unit),)


SMTP_ONLY = Manner(_taken, hung_up)
"""Everything on the pipe is SMTP: whoever writes to it may be a stranger."""


def with_commands(complain: Callable[[str, Refused], None]) -> Manner:
    """A line that starts with `:` outside a letter is for the simulator, which may also connect anew.

    `complain` gets the line of a command that cannot be carried out, and why.
    """

    def take(simulation: Simulation, unit: Unit) -> tuple[Turn, ...]:
        in_letter = simulation.connection.state.phase in CONTENT_PHASES and not simulation.access
        if in_letter or not isinstance(unit, Line) or not unit.text.startswith(b":"):
            return _taken(simulation, unit)
        return _ordered(simulation, decoded(unit.text), complain)

    return Manner(take, lambda turn: False)


def _ordered(simulation: Simulation, line: str, complain: Callable[[str, Refused], None]) -> tuple[Turn, ...]:
    from smtpsim.session.orders import Refused, carry_out

    done = carry_out(simulation, line)
    if isinstance(done, Refused):
        complain(line, done)
        return ()
    return done


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
            for made in manner.take(turn.after, unit):
                turn = made
                _send(turn, sink)
    except ConnectionError:
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
