"""Any octets at any door, cut anywhere: the same answers and the same world as when they come whole, watched or not.

python -m tests.fuzz.octets [--count 2000] [--seed 1] [--door smtp|pop3|imap]

`--count` is of sessions. Prints how many went through, or the seed of the one that broke, and why; the status
is 1 then.
"""

from __future__ import annotations

import sys
import traceback
from argparse import ArgumentParser
from itertools import pairwise
from random import Random

from smtpsim.session.simulation import Simulation
from tests.fuzz.sessions import DOORS, Door, opened, session


def answers(simulation: Simulation, pieces: list[bytes]) -> tuple[list[str], Simulation]:
    """What comes back, and the simulation behind all pieces."""
    said: list[str] = []
    for piece in pieces:
        fed = simulation.feed(piece)
        said += [turn.reply.wire() for turn in fed.turns if turn.reply]
        simulation = fed.after
    return said, simulation


def unwatched(simulation: Simulation, pieces: list[bytes]) -> Simulation:
    for piece in pieces:
        simulation = simulation.feed(piece).after
    return simulation


def play(door: Door, random: Random) -> None:
    """One session, whole and in pieces. Raises whatever is wrong. Early octets are lost with STARTTLS, so that a cut
    behind it changes what the server hears (RFC 3207 4.2): that verb is left out."""
    lines = [line for line in session(door, random) if b"STARTTLS" not in line.upper()]
    data = b"".join(line + random.choice((b"\r\n",) * 9 + (b"\n",)) for line in lines)
    edges = [0, *sorted(random.randint(0, len(data)) for _ in range(random.randint(0, 30))), len(data)]
    pieces = [data[begin:end] for begin, end in pairwise(edges)]
    start = opened(door).after
    whole, after = answers(start, [data])
    assert answers(start, pieces)[0] == whole
    for cut in ([data], pieces):
        reached = unwatched(start, cut)
        assert reached.world.outcomes == after.world.outcomes
        assert reached.connection.state.phase is after.connection.state.phase
        assert reached.pending == after.pending


def main(arguments: list[str]) -> int:
    parser = ArgumentParser(prog="python -m tests.fuzz.octets")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--door", choices=[*DOORS], default=None)
    asked = parser.parse_args(arguments)
    for seed in range(asked.seed, asked.seed + asked.count):
        name = asked.door or [*DOORS][seed % len(DOORS)]
        try:
            play(DOORS[name], Random(seed))
        except Exception:
            traceback.print_exc()
            print(f"seed {seed} at {name}")
            return 1
    print(f"{asked.count:,} sessions")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
