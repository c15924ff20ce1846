"""What a stranger can send as often as they like costs the same late as early: in memory for who keeps every turn, as a
timeline does, and so in the time that it takes to write that memory."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from smtpsim.protocol.smtp.framing import Line, Octets, Unit
from smtpsim.session.simulation import open_simulation
from smtpsim.world.load import shipped_world

WORLD = shipped_world()
FEW, MANY = 1200, 2400
OPENED = ("EHLO client.example.com", "MAIL FROM:<ann@example.com>")


def numbered(form: str) -> Callable[[], Iterator[Unit]]:
    """The same line again and again, with a number in it."""
    return lambda: (Line(form.format(number).encode()) for number in count())


def pieces() -> Iterator[Unit]:
    return (Octets(b"x\r\n") for _ in count())


STREAMS: dict[str, tuple[tuple[str, ...], Callable[[], Iterator[Unit]]]] = {
    "accepted recipients": (OPENED, numbered("RCPT TO:<test+{}@hogefuga.com>")),
    "refused recipients": (OPENED, numbered("RCPT TO:<nobody{}@hogefuga.com>")),
    "the same recipient": (OPENED, numbered("RCPT TO:<test@hogefuga.com>")),
    "unknown commands": ((), numbered("FROBNICATE {}")),
    "senders": (OPENED, numbered("MAIL FROM:<a{}@example.com>")),
    "greetings": ((), numbered("EHLO c{}.example.com")),
    "header lines": ((*OPENED, "RCPT TO:<test@hogefuga.com>", "DATA"), numbered("X-{}: a")),
    "lines of text": ((*OPENED, "RCPT TO:<test@hogefuga.com>", "DATA", ""), numbered("line {}")),
    "pieces of a chunk": ((*OPENED, "RCPT TO:<test@hogefuga.com>", "BDAT 1000000"), pieces),
    "questions": (OPENED, numbered("VRFY user{}@hogefuga.com")),
    "log-ins": (("EHLO client.example.com",), numbered("AUTH PLAIN !{}")),
}


@pytest.mark.parametrize("stream", STREAMS)
def test_late_turns_hold_no_more_than_early_ones(stream: str) -> None:
    opening, units = STREAMS[stream]
    host = WORLD.hosts["mx.hogefuga.com"]
    patient = host.service.limits._replace(recipients=10**9, errors=10**9, size=0)
    host = host._replace(plus=True, service=host.service._replace(limits=patient))
    turn = open_simulation(WORLD, host)
    for line in opening:
        turn = turn.after.say(line)
    kept, sizes = [], []
    source = units()
    tracemalloc.start()
    try:
        for number in range(MANY + 1):
            if number in (FEW // 2, FEW, MANY):
                gc.collect()
                sizes.append(tracemalloc.get_traced_memory()[0])
            turn = turn.after.take(next(source))
            kept.append(turn)
    finally:
        tracemalloc.stop()
    early, late = sizes[1] - sizes[0], (sizes[2] - sizes[1]) / 2
    assert late < 1.3 * early + 20_000, (early, late)
