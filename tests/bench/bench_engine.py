"""How many turns the engine makes in a second, and whether a turn costs the same late as early. Prints JSON.

python tests/bench/bench_engine.py
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterable, Iterator
from itertools import chain, islice, repeat

from smtpsim.session.simulation import Turn, open_simulation, reconnect
from smtpsim.world.load import shipped_world

FIRST_MAIL = (
    "HELO cgi.example.com",
    "MAIL FROM:webmaster@example.com",
    "RCPT TO:test@hogefuga.com",
    "DATA",
    "From: webmaster@example.com",
    "To: test@hogefuga.com",
    "Subject: テストメール",
    "",
    "テストメールの本文です。",
    "",
    ".",
    "QUIT",
)
"""A whole dialogue; the mail in it is relayed and delivered."""

TURNS = 100_000
BLOCKS = 100
EDGE = 20
"""How many blocks at either end are compared."""


def mails(turn: Turn) -> Iterator[Turn]:
    """The dialogue again and again, in one world, which keeps every mail."""
    while True:
        for line in FIRST_MAIL:
            turn = turn.after.say(line)
            yield turn
        after = turn.after
        turn = reconnect(after.world, after.connection.host, after.connection.client_ip, after.turns)
        yield turn


def letter(turn: Turn) -> Iterator[Turn]:
    """One letter without an end."""
    header = ("Subject: long", "")
    for line in chain(FIRST_MAIL[:4], header, repeat("A line of a letter that goes on and on, as letters can.")):
        turn = turn.after.say(line)
        yield turn


def seconds(turns: Iterable[Turn]) -> list[float]:
    """The time that each block of turns takes."""
    source, times = iter(turns), []
    for _ in range(BLOCKS):
        begun = time.perf_counter()
        for _ in islice(source, TURNS // BLOCKS):
            pass
        times.append(time.perf_counter() - begun)
    return times


def late_to_early(times: list[float]) -> float:
    """The lower quartile at the end in relation to that at the beginning: what else the machine does adds time only."""
    late, early = (statistics.quantiles(edge, n=4)[0] for edge in (times[-EDGE:], times[:EDGE]))
    return round(late / early, 2)


def main() -> None:
    start = open_simulation(shipped_world())
    repeated, long_letter = seconds(mails(start)), seconds(letter(start))
    figures = {
        "turns_per_second": round(TURNS / BLOCKS / statistics.median(repeated)),
        "ratio_after_100k_turns": late_to_early(repeated),
        "ratio_in_100k_line_message": late_to_early(long_letter),
        "letter_lines_per_second": round(TURNS / BLOCKS / statistics.median(long_letter)),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
