"""What a person can do while a recording is stepped through: jump, type something else and come back, go to the
next recording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from smtpsim.app.tui.presenter.presentation import Pace, Present
from smtpsim.app.tui.state import State
from smtpsim.session.change import number
from smtpsim.shell.answer import Begin
from smtpsim.shell.transcript_tasks import task_in
from smtpsim.views.row import Mark

if TYPE_CHECKING:
    from smtpsim.transcript.show import Show


def present(state: State, shows: Sequence[Show], pace: Pace) -> None:
    """Show the title card of the first recording."""
    _open(state, Present(tuple(shows), pace))


def go_on(state: State) -> None:
    """To the next recording's title card; behind the last one the first begins again."""
    if state.present is not None:
        _open(state, state.present.following)


def _open(state: State, present: Present) -> None:
    show = present.show
    state.begin(Begin(show.turns, show.notes, task=task_in(show.name, show.dialogue, state.words)))
    state.goto(0)
    state.present = present
    state.settle()


def digit(state: State, typed: str) -> None:
    """Another digit of a step's number: the step is shown at once, and the digits stand on the prompt."""
    if state.present is not None:
        _jump(state, state.present.jump + typed)


def shorten(state: State) -> None:
    """Take the last digit away again."""
    if state.present is not None:
        _jump(state, state.present.jump[:-1])


def _jump(state: State, digits: str) -> None:
    assert state.present is not None
    present, wanted = state.present, number(digits)
    state.message = None
    if digits and (wanted is None or not state.goto(wanted)):
        last = state.timeline.position + state.timeline.ahead
        state.tell("command.goto-unknown", Mark.BAD, found=digits, last=last)
        digits = ""
    state.present = present.uncovered()._replace(jump=digits)
    state.settle()


def home(state: State) -> None:
    """To the title card."""
    state.goto(0)
    if state.present is not None:
        state.present = state.present._replace(card=True)
    state.settle()


def end(state: State) -> None:
    """To the last step."""
    state.goto(state.timeline.position + state.timeline.ahead)
    state.settle()


def branch(state: State) -> None:
    """From here on something else can be typed."""
    at = state.now.number
    state.branch()
    state.settle()
    kept = state.timeline.ahead
    state.tell("present.branched-again" if kept else "present.branched", step=at, kept=kept)


def back(state: State) -> None:
    """From a branch to the very step where it left the recording."""
    if state.present is None or state.present.left is None:
        state.tell("present.no-branch", Mark.WARN)
        return
    typed = state.timeline.position + state.timeline.ahead - state.present.left.position
    state.rejoin()
    state.settle()
    state.tell("present.back-kept" if typed else "present.back", step=state.now.number)


def toggle_large(state: State) -> None:
    """Less at once and larger spaces, for a large room, or everything again."""
    state.large = not state.large
    state.close_page()
