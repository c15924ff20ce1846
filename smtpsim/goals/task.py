"""A task at work: the steps of a lesson, its challenge or a transcript, followed through a session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.goals.condition import Condition
from smtpsim.goals.follower import Follower
from smtpsim.goals.lesson import HINTS, WrongTurn
from smtpsim.goals.progress import Step
from smtpsim.goals.subjects import SUBJECTS
from smtpsim.session.simulation import Turn
from smtpsim.session.timeline import Timeline

Text = Callable[[Words, str], str]
"""A sentence of a task in a language, by its key."""

Keep = Callable[[str, bool], None]
"""Notes down that a step (its id, "" for the whole task) was reached, and whether the line for it had been shown."""


class Told(NamedTuple):
    """What a task is about. `name` is its lesson's, or the transcript's; `part` is lesson, challenge or transcript.
    `hidden` are the panel's sections that the course has not come to yet; `next` is the lesson after it, and
    `challenges` tells whether a challenge comes before that. `folder` is where a lesson of one's own lies."""

    name: str
    part: str
    text: Text
    hidden: frozenset[str] = frozenset()
    next: str = ""
    challenges: bool = False
    folder: str = ""


class News(NamedTuple):
    """What a look at the session brought: steps that are reached now, or the id of a wrong turn and how often it was
    taken; `stuck` tells that several lines in a row were refused."""

    reached: tuple[Step, ...] = ()
    wrong: str = ""
    times: int = 0
    stuck: bool = False
    done: bool = False


NO_NEWS = News()

STUCK = 3
"""Lines refused without a step between them after which the next hint is pointed at."""


def keep_nothing(step: str, shown: bool) -> None:
    return


class Task:
    """`begins` is the turn after which things count. With `exam` nobody helps."""

    def __init__(
        self,
        told: Told,
        steps: tuple[Step, ...],
        solution: tuple[str, ...] = (),
        begins: int = 0,
        wrong: tuple[WrongTurn, ...] = (),
        keep: Keep = keep_nothing,
        exam: bool = False,
    ) -> None:
        self.told, self.steps, self.solution, self.wrong = told, steps, solution, wrong
        self.exam, self._keep = exam, keep
        self._follower = Follower(steps, begins)
        self._newest: Turn | None = None
        self._hinted: Counter[str] = Counter()
        self._shown: set[str] = set()
        self._wrong: Counter[str] = Counter()
        self._refused = 0

    @property
    def met(self) -> tuple[bool, ...]:
        """For each step whether it is reached, by what was not undone."""
        return self._follower.progress.met

    @property
    def done(self) -> bool:
        return self._follower.progress.done

    @property
    def current(self) -> Step | None:
        """The first step that is not reached."""
        return next((step for step, met in zip(self.steps, self.met, strict=True) if not met), None)

    def follow(self, timeline: Timeline) -> News:
        """Look at the session as it is now."""
        was = self.met
        self._follower.follow(timeline)
        turn = timeline.now
        if turn is self._newest or timeline.ahead:
            return NO_NEWS
        self._newest = turn
        if turn.number <= self._follower.begins:
            return NO_NEWS
        news = zip(self.steps, was, self.met, strict=True)
        reached = tuple(step for step, before, now in news if now and not before)
        return self._reached(reached) if reached else self._refusal(turn, timeline.turn(timeline.position - 1))

    def hint(self) -> tuple[str, int]:
        """The key of the next hint for the step at hand and its grade; ("", 0) when there is none to give."""
        step = self.current
        if step is None or self.exam or self.told.part != "lesson":
            return "", 0
        grade = min(self._hinted[step.id] + 1, HINTS)
        self._hinted[step.id] = grade
        if grade == HINTS:
            self._shown.add(step.id)
        return f"hint-{step.id}-{grade}", grade

    @property
    def hints(self) -> int:
        """How many hints were taken."""
        return self._hinted.total()

    def reveal(self) -> tuple[str, ...]:
        """The lines that solve the task: from now on its steps count as shown."""
        self._shown.update(step.id for step in self.steps)
        return self.solution

    def lead(self, steps: int) -> tuple[str, ...]:
        """The lines that solve the task, for somebody who is led through so many steps: those count as shown."""
        self._shown.update(step.id for step in self.steps[:steps])
        return self.solution

    @property
    def shown(self) -> int:
        """How many of the steps that are reached were shown."""
        return sum(step.id in self._shown for step, met in zip(self.steps, self.met, strict=True) if met)

    def _reached(self, reached: tuple[Step, ...]) -> News:
        self._refused = 0
        self._wrong.clear()
        for step in reached:
            self._keep(step.id, step.id in self._shown)
        if self.done:
            self._keep("", bool(self._shown))
        return News(reached, done=self.done)

    def _refusal(self, turn: Turn, before: Turn) -> News:
        """What to say to a turn that reached nothing."""
        if self.exam or self.done:
            return NO_NEWS
        wrong = next((one.id for one in self.wrong if fits(one.condition, turn, before)), "")
        refused = bool(turn.reply and not turn.reply.accepts)
        self._refused += refused
        self._wrong[wrong] += 1
        stuck = refused and self._refused % STUCK == 0
        return News(wrong=wrong, times=self._wrong[wrong], stuck=stuck) if wrong or stuck else NO_NEWS


def fits(condition: Condition, turn: Turn, before: Turn | None) -> bool:
    """Whether a turn brought what a condition speaks of."""
    found = SUBJECTS[condition.subject].objects(turn, before)
    return any(condition.matches(thing.seen) for thing in found) is not condition.negated
