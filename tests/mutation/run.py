"""Whether tests can fail: small changes of the code, one at a time, each of which a room's tests must tell.

    pip install cosmic-ray
    python -m tests.mutation.run [ROOM ...] [--count 30] [--seed 1]

A room has a file beside this one: its folder of code, and the tests that are run. So many mutants of each room are
tried in a clone of the last commit. Prints each survivor with its change, and how many there were; the status is 1
where 3 % or more survive.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
ROOMS = sorted(path.stem for path in HERE.glob("*.toml"))
MOST_SURVIVE = 0.03


class Tried(NamedTuple):
    """The mutants of a room: how many were tried, and the changes that no test told."""

    room: str
    mutants: int
    survivors: list[str]

    def __str__(self) -> str:
        return f"{self.room}: {len(self.survivors)} of {self.mutants} survive"


def tried(room: str, count: int, seed: int, folder: Path) -> Tried:
    """Try mutants of a room in a clone."""
    clone, session = folder / room, folder / f"{room}.sqlite"
    config = f"tests/mutation/{room}.toml"
    subprocess.run(["git", "clone", "-q", HERE.parents[1], clone], check=True)
    for command in (
        ("cosmic-ray", "init", config, session),
        (sys.executable, "tests/mutation/sample.py", session, str(count), str(seed)),
        ("cosmic-ray", "exec", config, session),
    ):
        subprocess.run(command, cwd=clone, check=True)
    with closing(sqlite3.connect(session)) as results:
        rows = results.execute("SELECT test_outcome, diff FROM work_results WHERE worker_outcome = 'NORMAL'").fetchall()
    return Tried(room, len(rows), [str(diff) for outcome, diff in rows if outcome == "SURVIVED"])


def main(arguments: list[str]) -> int:
    parser = ArgumentParser(prog="python -m tests.mutation.run")
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], metavar="ROOM")
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    found: list[Tried] = []
    with tempfile.TemporaryDirectory() as folder:
        for room in asked.rooms or ROOMS:
            found.append(tried(room, asked.count, asked.seed, Path(folder)))
            print("\n".join([*found[-1].survivors, str(found[-1])]), flush=True)
    count, survivors = sum(one.mutants for one in found), sum(len(one.survivors) for one in found)
    print(f"{survivors} of {count} mutants survive")
    return int(survivors >= MOST_SURVIVE * count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
