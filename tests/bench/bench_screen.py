"""The full screen: its first paint beside ptpython's first prompt, and the cost of a late turn. Prints JSON.

    python tests/bench/bench_screen.py

The package must be installed (`pip install .`), so that its modules are compiled, as they are for its users.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time

import pexpect

from smtpsim.app.tui.actions import send
from smtpsim.app.tui.panes import DialogueText, Drawn
from smtpsim.app.tui.state import State
from smtpsim.app.tui.viewport import Frame
from smtpsim.explain import words
from smtpsim.session.simulation import open_simulation
from smtpsim.shell.opening import Choice
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World

ROUNDS = 15
TURNS = 100_000
SAMPLES = 400


def first_paint(program: str, arguments: list[str], sign: str, folder: str) -> float:
    """Seconds until the sign is on the terminal."""
    environment = {**os.environ, "XDG_STATE_HOME": folder, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    begun = time.perf_counter()
    child = pexpect.spawn(program, arguments, env=environment, dimensions=(36, 120))
    child.expect_exact(sign)
    seconds = time.perf_counter() - begun
    child.close(force=True)
    return seconds


def paint_ratio() -> float:
    """Each round times both, so that both see the same machine."""
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            run_ptpython = "from ptpython.entry_points.run_ptpython import run; run()"
            ptpython = ["-c", run_ptpython, f"--history-file={folder}/ptpython", f"--config-file={folder}/none.py"]
            base = first_paint(sys.executable, ptpython, ">>>", folder)
            ratios.append(first_paint(sys.executable, ["-m", "smtpsim"], "HELO", folder) / base)
    return statistics.median(ratios)


def turn_seconds(state: State) -> float:
    """The median time of a turn with all that is drawn of it."""
    drawn, times = Drawn(), []
    for _ in range(SAMPLES):
        begun = time.perf_counter()
        send(state, ("NOOP",))
        frame = Frame(DialogueText(state.log), 65, 29)
        frame.shown(frame.last_page())
        drawn.text(state.panel, 54)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def turn_ratio() -> float:
    """A turn after many turns, in proportion to one at the beginning."""
    world = load_world(shipped())
    assert isinstance(world, World)
    state = State(open_simulation(world), words("en"), Choice())
    send(state, ["NOOP"] * SAMPLES)
    early = turn_seconds(state)
    send(state, ["NOOP"] * TURNS)
    return turn_seconds(state) / early


def main() -> None:
    measured = {"first_paint_to_ptpython": paint_ratio(), "late_turn_to_early_turn": turn_ratio()}
    print(json.dumps({name: round(value, 2) for name, value in measured.items()}))


if __name__ == "__main__":
    main()
