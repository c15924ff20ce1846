"""Any line at any door, in the whole world: an answer that is well formed, and never an exception.

python -m tests.fuzz.lines [--count 100000] [--seed 1] [--door smtp|pop3|imap]

Prints how many lines went through, or the seed of the session that broke, its lines, and why; then the status is 1.
"""

from __future__ import annotations

import sys
import traceback
from argparse import ArgumentParser
from random import Random

from smtpsim.kernel.printable import printable
from smtpsim.protocol.smtp.framing import Line, Octets
from smtpsim.session.simulation import Turn
from tests.fuzz.sessions import DOORS, Door, opened, session

LONGEST_REPLY_LINE = 512


def play(door: Door, random: Random) -> int:
    """One session; gives how many lines it had. Raises whatever is wrong."""
    turn, count = opened(door), 0
    for line in session(door, random):
        simulation, count = turn.after, count + 1
        wanted = simulation.wants_octets
        end = random.choice((b"\r\n",) * 30 + (b"\n", b""))
        turn = simulation.take(Octets((line or b"x")[:wanted]) if wanted else Line(line.replace(b"\n", b""), end))
        checked(turn, simulation.turns)
    return count


def checked(turn: Turn, number: int) -> None:
    """What holds for every turn, whatever was sent."""
    assert turn.number == number
    if turn.reply is None:
        return
    wire = turn.reply.wire()
    assert wire.endswith("\r\n"), wire
    if turn.after.access is None:
        lines = wire.removesuffix("\r\n").split("\r\n")
        assert all(printable(line) == line for line in lines), wire
        assert all(len(line.encode()) + 2 <= LONGEST_REPLY_LINE for line in lines), wire


def main(arguments: list[str]) -> int:
    parser = ArgumentParser(prog="python -m tests.fuzz.lines")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--door", choices=[*DOORS], default=None)
    asked = parser.parse_args(arguments)
    played, seed = 0, asked.seed
    while played < asked.count:
        name = asked.door or [*DOORS][seed % len(DOORS)]
        try:
            played += play(DOORS[name], Random(seed))
        except Exception:
            traceback.print_exc()
            print(f"seed {seed} at {name}: {list(session(DOORS[name], Random(seed)))}")
            return 1
        seed += 1
    print(f"{played:,} lines in {seed - asked.seed:,} sessions")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
