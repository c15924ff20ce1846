"""Presenting: which recording is stepped through, what covers it, and what was left to type something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from smtpsim.session.timeline import Timeline

if TYPE_CHECKING:
    from smtpsim.transcript.show import Show

MANUAL = 0.0
"""The speed at which nothing is typed letter by letter: a step is there as soon as its key is pressed."""


class Pace(NamedTuple):
    """`speed` is how many times as fast as a person lines are typed; `loop` plays on and on without a key."""

    speed: float = MANUAL
    loop: bool = False


class Manner(NamedTuple):
    """How recordings are presented; `large` begins with less at once, for a large room."""

    pace: Pace = Pace()
    large: bool = False


class Present(NamedTuple):
    """What is presented, of the recordings in `shows`: the one with the index `number`.

    `card` is whether its title card is shown, `jump` the digits of a step that were typed, `typed` what of the next
    line is on the prompt while it is typed by itself. `left` is the recording's timeline while somebody is on a branch
    of it, None while it is stepped through; `branches` are those that were come back from, by the step where they
    begin, and `loose` are the steps of those among them that hold turns that are not saved. What plays by itself waits
    while it is `held`.
    """

    shows: tuple[Show, ...]
    pace: Pace = Pace()
    number: int = 0
    card: bool = True
    jump: str = ""
    typed: str | None = None
    left: Timeline | None = None
    branches: Mapping[int, Timeline] = {}
    loose: frozenset[int] = frozenset()
    held: bool = False

    @property
    def show(self) -> Show:
        return self.shows[self.number]

    @property
    def following(self) -> Present:
        """The next recording from its title card on; behind the last one the first."""
        return Present(self.shows, self.pace, (self.number + 1) % len(self.shows), held=self.held)

    def uncovered(self) -> Present:
        """Without what lies over the step that is shown."""
        return self._replace(card=False, jump="", typed=None)

    def branched(self, timeline: Timeline) -> tuple[Present, Timeline]:
        """Leave the recording where it stands. A branch that began there before is taken up again, undone."""
        branch = self.branches.get(timeline.position) or timeline.branch()
        branch.goto(timeline.position)
        return self.uncovered()._replace(left=timeline), branch

    def returned(self, branch: Timeline, unsaved: bool) -> tuple[Present, Timeline]:
        """Back to the very step that was left; what was typed is kept there."""
        assert self.left is not None
        step = self.left.position
        kept = {**self.branches, step: branch}
        loose = self.loose | {step} if unsaved else self.loose - {step}
        return self._replace(left=None, branches=kept, loose=loose), self.left
