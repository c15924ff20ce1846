"""Pipe mode: SMTP on standard input, the server's lines on standard output, as `nc` to that server would show."""

from __future__ import annotations

from typing import BinaryIO

from smtpsim.app.environment import Input
from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.framing import Framer, Unit
from smtpsim.protocol.smtp.offer import without
from smtpsim.session.simulation import Simulation, Turn, open_simulation

READ_SIZE = 65_536


def unencrypted(first: Turn) -> Turn:
    """The same beginning without STARTTLS: a real client would start a real handshake, which we only play."""
    connection = first.after.connection
    host = connection.host
    plain = host._replace(service=without(host.service, "starttls"))
    return open_simulation(first.after.world, plain, connection.client_ip)


def serve(first: Turn, source: Input, sink: BinaryIO) -> Turn:
    """Answer until the client says QUIT, the server hangs up, or the input ends; gives the last turn.

    Everything on the pipe is SMTP: whoever writes to it may be a stranger. Every reply is flushed at once, with its
    CRLF; a client that has gone away ends the session quietly.
    """
    turn = first
    try:
        send(turn, sink)
        framer = Framer()
        while not turn.after.over and (unit := next_unit(framer, turn.after, source)) is not None:
            turn = turn.after.take(unit)
            send(turn, sink)
    except ConnectionError:
        return turn
    return turn


def next_unit(framer: Framer, now: Simulation, source: Input) -> Unit | None:
    """The next unit of input as the simulation wants it, None at the end of the input."""
    wanted = now.wants_octets
    while (unit := framer.take(wanted)) is None:
        data = source.read1(READ_SIZE)
        if not data:
            return None
        framer.feed(data)
    return unit


def send(turn: Turn, sink: BinaryIO) -> None:
    """Write the reply of a turn, where it has one."""
    if turn.reply is not None:
        sink.write(encoded(turn.reply.wire()))
        sink.flush()
