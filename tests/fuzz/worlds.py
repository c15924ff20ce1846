"""Mutated files of worlds and zones: each world is checked and talked to, or its mistakes are told with file and line.

python -m tests.fuzz.worlds [--count 200] [--seed 1]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from random import Random

from smtpsim.world.load import shipped
from tests.fuzz.runs import fuzz, mutated, ran


def play(random: Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder, "world")
        shutil.copytree(shipped().path, world)
        files = sorted(path for path in world.rglob("*") if path.is_file())
        chosen = random.choice(files)
        chosen.write_bytes(mutated(random, chosen.read_bytes()))
        checked = ran("world", "check", str(world))
        if checked.status == 0:
            assert ran("spf", "192.0.2.10", "a@example.com", "--world", str(world)).status in (0, 1)
            assert ran("replay", "first-mail", "--instant", "--world", str(world)).status in (0, 2)
        zone = random.choice([path for path in files if path.suffix == ".zone"])
        zone.write_bytes(mutated(random, zone.read_bytes()))
        ran("spf", "192.0.2.10", "a@example.com", "--zone", str(zone))


if __name__ == "__main__":
    sys.exit(fuzz("worlds", 200, play, sys.argv[1:]))
