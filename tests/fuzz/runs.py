"""Runs of the whole program over what is mutated, and what holds for every one of them."""

from __future__ import annotations

import io
import sys
import traceback
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from random import Random
from typing import NamedTuple

from smtpsim.app.main import main
from smtpsim.kernel.printable import printable
from tests.protocol.test_fuzz import MUTATIONS

TURNING = ("\N{RIGHT-TO-LEFT OVERRIDE}", "\N{TAG LATIN SMALL LETTER A}", "\N{SOFT HYPHEN}", "\N{HANGUL FILLER}")
HOSTILE = (
    *(b"\x1b]52;c;aGk=\x07", b"\x1b[2J", b"\x9b31m", b"\x00", b"\r", b"<script>alert(1)</script>", b'"><img src=x>'),
    *(one.encode() for one in TURNING),
)
"""What no output may hold as it is."""


def unseen(line: str) -> str:
    """The line, if it holds what a terminal would not show, or take for a command; else "". A tab is but space."""
    spaced = line.replace("\t", " ")
    return "" if printable(spaced) == spaced else line


class Ran(NamedTuple):
    status: int
    out: str
    err: str


def mutated(random: Random, octets: bytes) -> bytes:
    """A file of which lines are changed, doubled, moved or left out, and some hold what is hostile."""
    lines = octets.split(b"\n")
    for _ in range(random.choice((0, 1, 1, 2, 5))):
        at = random.randrange(len(lines))
        hostile = random.choice(HOSTILE)
        cut = random.randint(0, len(lines[at]))
        lines[at : at + 1] = random.choice(
            (
                [random.choice(MUTATIONS)(random, lines[at])],
                [lines[at][:cut] + hostile + lines[at][cut:]],
                [lines[at], random.choice(lines)],
                [lines[at]] * random.randint(0, 3),
                [lines[at] * random.randint(0, 300)],
            )
        )
        lines = lines or [b""]
    return b"\n".join(lines)


def ran(*arguments: str) -> Ran:
    """Run the program; what it prints holds no control character, and its errors are one line each."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(arguments)
        out.flush()
    found = Ran(status, out.buffer.getvalue().decode(), err.getvalue())
    assert status in (0, 1, 2), found
    assert status != 2 or found.err.startswith("smtpsim: ") or found.err.count("\n") >= 1, found
    for text in (found.out, found.err):
        for line in text.split("\n"):
            assert not unseen(line), (arguments, line)
    return found


def fuzz(module: str, count: int, play: Callable[[Random], object], given: list[str]) -> int:
    """Play with one seed after the other; gives the exit status. The seed that breaks is printed."""
    parser = ArgumentParser(prog=f"python -m tests.fuzz.{module}")
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(given)
    for seed in range(asked.seed, asked.seed + asked.count):
        try:
            play(Random(seed))
        except Exception:
            traceback.print_exc()
            print(f"seed {seed}", file=sys.stderr)
            return 1
    print(f"{asked.count:,} {module}")
    return 0
