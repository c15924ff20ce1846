"""The engine, the start and the first paint beside those of another tree, in turns, so that whatever else the machine
does meets both. Prints ratios of CPU time as JSON: over 1 this tree is slower.

python tests/bench/bench_beside.py PYTHON [ROUNDS]     PYTHON is the interpreter that has the other tree installed
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import tempfile
from collections.abc import Callable
from statistics import median

DIALOGUE = b"""HELO cgi.example.com\r
MAIL FROM:webmaster@example.com\r
RCPT TO:test@hogefuga.com\r
DATA\r
Subject: hello\r
\r
Hello.\r
.\r
QUIT\r
"""
MAILS = 300
ENGINE = f"""
import time
from smtpsim.session.simulation import open_simulation
from smtpsim.world.load import shipped_world
lines = {DIALOGUE.decode().splitlines()[:-1]!r}
world = shipped_world()
simulation = open_simulation(world).after
for line in lines:
    simulation = simulation.say(line).after
begun = time.process_time()
for _ in range({MAILS}):
    for line in lines:
        simulation = simulation.say(line).after
print(time.process_time() - begun)
"""
PAINTED = b"220 "
"""What the first screen shows, and no earlier one."""


def engine(python: str) -> float:
    """CPU seconds of dialogues, line by line."""
    reads, writes = os.pipe()
    child = os.posix_spawn(python, [python, "-c", ENGINE], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, writes, 1)])
    os.close(writes)
    os.waitpid(child, 0)
    with os.fdopen(reads) as told:
        return float(told.read())


def started(*arguments: str) -> Callable[[str], float]:
    """Gives CPU seconds of a run on a pipe."""

    def measured(python: str) -> float:
        with tempfile.TemporaryFile() as source, open(os.devnull, "wb") as sink:
            source.write(DIALOGUE)
            source.seek(0)
            actions = [(os.POSIX_SPAWN_DUP2, source.fileno(), 0), (os.POSIX_SPAWN_DUP2, sink.fileno(), 1)]
            command = [python, "-m", "smtpsim", *arguments]
            child = os.posix_spawn(python, command, os.environ, file_actions=actions)
            return _cpu(child)

    return measured


def first_paint(python: str) -> float:
    """CPU seconds until the first screen is drawn."""
    child, terminal = os.forkpty()
    if not child:
        with tempfile.TemporaryDirectory() as state:
            environment = {**os.environ, "XDG_STATE_HOME": state, "TERM": "xterm-256color"}
            os.execve(python, [python, "-m", "smtpsim"], environment)
    seen = b""
    while PAINTED not in seen and select.select([terminal], [], [], 20)[0]:
        seen += os.read(terminal, 65_536)
    os.kill(child, signal.SIGKILL)
    seconds = _cpu(child)
    os.close(terminal)
    assert PAINTED in seen, seen
    return seconds


def _cpu(child: int) -> float:
    _, _, used = os.wait4(child, 0)
    return used.ru_utime + used.ru_stime


MEASURED = {
    "engine": engine,
    "start_version": started("--version"),
    "start_dialogue": started(),
    "first_paint": first_paint,
}


def main(other: str, rounds: str = "15") -> None:
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in MEASURED}
    for number in range(int(rounds)):
        for name, measure in MEASURED.items():
            pair = [measure(python) for python in ((sys.executable, other) if number % 2 else (other, sys.executable))]
            taken[name].append((pair[0], pair[1]) if number % 2 else (pair[1], pair[0]))
    ratios = {
        name: median(ours for ours, _ in pairs) / median(theirs for _, theirs in pairs) for name, pairs in taken.items()
    }
    least = {name: min(ours for ours, _ in pairs) / min(theirs for _, theirs in pairs) for name, pairs in taken.items()}
    print(json.dumps({name: {"median": round(ratios[name], 3), "least": round(least[name], 3)} for name in MEASURED}))


if __name__ == "__main__":
    main(*sys.argv[1:])
