"""Every `:` command of both READMEs, typed where the README puts its reader: after the mail in its picture."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from smtpsim.app.replay.outputs import open_recording
from smtpsim.app.replay.screens import played_show
from smtpsim.app.tui import actions
from smtpsim.app.tui.presenter import actions as presenting
from smtpsim.app.tui.presenter.presentation import Pace
from smtpsim.app.tui.state import State
from smtpsim.explain import Words, words
from smtpsim.session.simulation import open_simulation
from smtpsim.shell.opening import Choice
from smtpsim.transcript.dialogue import Client, Content
from smtpsim.transcript.show import Show
from smtpsim.views.row import Mark
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World

ROOT = Path(__file__).parents[2]
READMES = {"README.md": "en", "README.ja.md": "ja"}

ROW = re.compile(r"^\| (`[:…].*?) \| ", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
INLINE = re.compile(r"`(:[a-z]+ [^`\[|]*)`")
"""A whole line in the running text; one with brackets and bars is a form."""

SUPPRESSED = "jiro@docomo.ne.jp"
STANDS_FOR = {"FILE": "session.txt", "ADDRESS": SUPPRESSED, "アドレス": SUPPRESSED, "名前": "greylist"}
"""What a reader puts in the place of a word that stands for something."""


class Line(NamedTuple):
    readme: str
    lines: tuple[str, ...]


def rows() -> Iterator[Line]:
    """Each row of the tables of commands: its lines in their order. `… 1` goes on where the first line ends."""
    for readme in READMES:
        text = (ROOT / readme).read_text(encoding="utf-8")
        for cell in ROW.findall(text):
            first, *others = (line for line in QUOTED.findall(cell) if line.startswith((":", "…")))
            yield Line(readme, (first, *(other.replace("…", first) for other in others)))
        for line in dict.fromkeys(INLINE.findall(ROW.sub("", text))):
            yield Line(readme, (line,))


@cache
def the_world() -> World:
    loaded = load_world(shipped())
    assert isinstance(loaded, World)
    return loaded


def after_the_first_mail(say: Words) -> State:
    """A screen on which the dialogue in the picture was typed, but for its QUIT."""
    state = State(open_simulation(the_world()), say, Choice())
    spoken = [
        entry.text
        for entry in open_recording("first-mail", "", Choice(), say).dialogue.entries
        if isinstance(entry, Client | Content)
    ]
    actions.send(state, spoken[:-1])
    assert state.now.fates[0].status == "delivered"
    return state


def beside_a_recording(say: Words) -> State:
    """A recording that somebody has left by typing something else."""
    show: Show = played_show(open_recording("first-mail", "", Choice(), say), say)
    state = State(show.turns[0], say, Choice())
    presenting.present(state, [show], Pace())
    actions.order(state, ":goto 2")
    actions.send(state, ("NOOP",))
    return state


def with_a_suppressed_address(say: Words) -> State:
    """A session in which a mail by a sending service has bounced."""
    state = State(open_simulation(the_world()), say, Choice())
    actions.order(state, ":open suppressed")
    back = next(turn.number for turn in state.timeline.turns if turn.line.startswith(":suppression remove"))
    actions.order(state, f":goto {back - 1}")
    return state


PLACES: dict[str, Callable[[Words], State]] = {":back": beside_a_recording, ":suppression": with_a_suppressed_address}
"""Where a row is typed that is about another place; its sentence tells which."""


def filled(line: str) -> str:
    for word, meant_by in STANDS_FOR.items():
        line = line.replace(word, meant_by)
    return line


@pytest.mark.parametrize("row", list(rows()), ids=lambda row: f"{row.readme} {row.lines[0]}")
def test_a_line_of_a_readme_does_what_it_says(row: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    state = PLACES.get(row.lines[0], after_the_first_mail)(words(READMES[row.readme]))
    for line in map(filled, row.lines):
        actions.send(state, (line,))
        refused = state.message.value if state.message and state.message.mark is Mark.BAD else ""
        assert not refused, f"{line}: {refused}"
        if state.ask:
            actions.answer(state, yes=True)


def test_the_rows_of_both_readmes_are_found() -> None:
    found = {readme: {row.lines[0] for row in rows() if row.readme == readme} for readme in READMES}
    assert len(found["README.md"]) >= 30
    assert found["README.md"] - found["README.ja.md"] == set()
