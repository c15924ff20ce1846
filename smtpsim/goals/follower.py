"""Follows a timeline, so that the progress is always that of the turns that were not undone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from smtpsim.goals.progress import Progress, Step, advanced, at_start
from smtpsim.session.simulation import Turn
from smtpsim.session.timeline import Timeline


class Follower:
    """`begins` is the number of the turn after which things count: what stands before it sets the stage."""

    def __init__(self, steps: Sequence[Step], begins: int = 0) -> None:
        self.steps, self.begins = tuple(steps), begins
        self._turns: list[Turn] = []
        self._after: list[Progress] = []

    @property
    def progress(self) -> Progress:
        """The progress after the turn that is shown."""
        return self._after[-1] if self._after else at_start(self.steps)

    def follow(self, timeline: Timeline) -> None:
        """Forget the turns that were undone or replaced, take in those that are new."""
        kept = min(len(self._turns), timeline.position + 1)
        while kept and not timeline.holds(kept - 1, self._turns[kept - 1]):
            kept -= 1
        del self._turns[kept:], self._after[kept:]
        for position in range(kept, timeline.position + 1):
            self._take(timeline.turn(position))

    def _take(self, turn: Turn) -> None:
        before = self._turns[-1] if self._turns else None
        counts = len(self._turns) > self.begins
        progress = advanced(self.progress, self.steps, turn, before) if counts else self.progress
        self._turns.append(turn)
        self._after.append(progress)


def played(steps: Sequence[Step], turns: Sequence[Turn], begins: int = 0) -> Progress:
    """The progress after all of these turns."""
    progress = at_start(steps)
    for position in range(begins + 1, len(turns)):
        progress = advanced(progress, steps, turns[position], turns[position - 1])
    return progress


def met_at_start(steps: Sequence[Step], turns: Sequence[Turn]) -> tuple[Step, ...]:
    """The steps that hold before anything was done: those are mistakes of whoever wrote them. `turns` are those that
    set the stage, the greeting first."""
    progress = advanced(at_start(steps), steps, turns[0], None)
    for before, turn in pairwise(turns):
        progress = advanced(progress, steps, turn, before)
    return tuple(step for step, met in zip(steps, progress.met, strict=True) if met)
