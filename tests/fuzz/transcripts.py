"""Mutated transcripts, of all formats: each is read, played, checked, converted and graded, or refused in one line.

python -m tests.fuzz.transcripts [--count 300] [--seed 1]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random

from smtpsim.transcript.shipped import find, names
from tests.fuzz.runs import fuzz, mutated, ran

WAYS = (
    ("replay", "{}", "--instant"),
    ("replay", "{}", "--check"),
    ("replay", "{}", "--json"),
    ("replay", "{}", "--panel", "--lang", "ja"),
    ("transcript", "convert", "{}", "--to", "json"),
    ("transcript", "convert", "{}", "--to", "text"),
    ("transcript", "convert", "{}", "--to", "swaks"),
    ("grade", "{}", "--task", "hello"),
)


def mutant(random: Random) -> bytes:
    path = find(random.choice([*names()]))
    assert path
    return mutated(random, Path(path).read_bytes())


def play(random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mutant.txt")
        path.write_bytes(mutant(random))
        way = random.choice(WAYS)
        ran(*(argument.replace("{}", str(path)) for argument in way))


if __name__ == "__main__":
    sys.exit(fuzz("transcripts", 300, play, sys.argv[1:]))
