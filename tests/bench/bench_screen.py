"""The full screen: its first paint beside ptpython's first prompt, the cost of a late turn, and what an Enter costs.
Prints JSON.

    python tests/bench/bench_screen.py

The package must be installed (`pip install .`), so that its modules are compiled, as they are for its users.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from io import StringIO
from types import FrameType

import pexpect
from prompt_toolkit.application import create_app_session
from prompt_toolkit.application.current import set_app
from prompt_toolkit.data_structures import Size
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.input import DummyInput
from prompt_toolkit.output.vt100 import Vt100_Output

from smtpsim.app.tui.actions import send
from smtpsim.app.tui.build import build
from smtpsim.app.tui.panes import DialogueText, Drawn
from smtpsim.app.tui.state import State
from smtpsim.app.tui.viewport import Frame
from smtpsim.explain import words
from smtpsim.session.simulation import open_simulation
from smtpsim.shell.autosave import Autosave
from smtpsim.shell.opening import Choice
from smtpsim.views.panel import changed_panel
from smtpsim.world.load import load_world, shipped, shipped_world
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


def enter_calls() -> dict[str, int]:
    """The function calls that Enter on a RCPT makes until the screen of 120x36 is drawn: those of this package and of
    rich, by which it may draw, and all, the terminal library's own work on each changed cell among them."""
    output = Vt100_Output(StringIO(), lambda: Size(36, 120), term="xterm-256color")
    with create_app_session(input=DummyInput(), output=output):
        return asyncio.run(_counted(output))


async def _counted(output: Vt100_Output) -> dict[str, int]:
    state = State(open_simulation(shipped_world()), words("en"), Choice())
    application = build(state, Autosave(), InMemoryHistory(), output=output)
    application.loop = asyncio.get_running_loop()
    counted = {"own": 0, "all": 0}

    def count(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            counted["all"] += 1
            counted["own"] += any(part in frame.f_code.co_filename for part in ("/smtpsim/", "/rich/"))

    with set_app(application):
        for line in ("EHLO a", "MAIL FROM:<ann@example.com>", "RCPT TO:<test@hogefuga.com>"):
            application.renderer.render(application, application.layout)
            counted.update(own=0, all=0)
            sys.setprofile(count)
            send(state, [line])
            application.renderer.render(application, application.layout)
            sys.setprofile(None)
    return counted


def panel_seconds() -> dict[str, float]:
    """The least time of a panel whose turn before was looked at already, by the line of the turn."""
    lines = ("EHLO a", "MAIL FROM:<ann@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA", "Subject: x", "", ".")
    least: dict[str, float] = {}
    for _ in range(SAMPLES):
        turn = open_simulation(shipped_world())
        changed_panel(turn, None, words("en"))
        for line in lines:
            before, turn = turn, turn.after.say(line)
            begun = time.perf_counter()
            changed_panel(turn, before, words("en"))
            least[line] = min(least.get(line, 1.0), time.perf_counter() - begun)
    return least


def main() -> None:
    measured = {"first_paint_to_ptpython": paint_ratio(), "late_turn_to_early_turn": turn_ratio()}
    ratios = {name: round(value, 2) for name, value in measured.items()}
    panels = {line: round(1e6 * seconds) for line, seconds in panel_seconds().items()}
    print(json.dumps({**ratios, "calls_of_an_enter": enter_calls(), "changed_panel_microseconds": panels}))


if __name__ == "__main__":
    main()
