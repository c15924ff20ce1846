"""What a recorded session reached of a task: goal by goal, and how it was worked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smtpsim.goals.follower import played
from smtpsim.goals.progress import NEVER, Reached, Step
from smtpsim.session.simulation import Turn, TurnKind


class GoalGrade(NamedTuple):
    """One condition, as it is written; `turn` is the one in which it was met, None for never."""

    goal: str
    met: bool
    turn: int | None


class Grade(NamedTuple):
    """`pupil` is "" where the file does not tell; `turns` counts the lines that were typed, `mistakes` those of them
    that were refused or broke a rule; `seconds` are simulated ones."""

    file: str
    pupil: str
    goals: tuple[GoalGrade, ...]
    turns: int
    mistakes: int
    seconds: int

    @property
    def met(self) -> int:
        return sum(goal.met for goal in self.goals)

    @property
    def of(self) -> int:
        return len(self.goals)

    @property
    def passed(self) -> bool:
        return self.met == self.of


def grade(file: str, pupil: str, turns: Sequence[Turn], steps: Sequence[Step]) -> Grade:
    """The grade of a session that was replayed: what it really did counts, not what its file says."""
    progress = played(steps, turns)
    goals = [one for step, so_far in zip(steps, progress.reached, strict=True) for one in _goals(step, so_far)]
    typed = [turn for turn in turns[1:] if turn.kind != TurnKind.SIMULATOR]
    mistakes = sum(bool(turn.faults) or bool(turn.reply and not turn.reply.accepts) for turn in typed)
    seconds = turns[-1].after.world.now - turns[0].after.world.now
    return Grade(file, pupil, tuple(goals), len(turns) - 1, mistakes, seconds)


def _goals(step: Step, so_far: Reached) -> Iterator[GoalGrade]:
    """What must not happen is met when all the rest is: before that nothing speaks for it."""
    done = so_far.turn != NEVER
    for condition, turn in zip(step.conditions, so_far.best, strict=True):
        met = done or (turn != NEVER and not condition.negated)
        yield GoalGrade(condition.text, met, (so_far.turn if done else turn) if met else None)
