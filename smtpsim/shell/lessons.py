"""From a lesson to a session that begins with it: its world, what is set up there, and the task."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.goals import shipped
from smtpsim.goals.lesson import Exercise, Lesson
from smtpsim.goals.task import Keep, Task, Text, Told, keep_nothing
from smtpsim.kernel.failure import Failure
from smtpsim.protocol.smtp.state import CONTENT_PHASES
from smtpsim.session.simulation import Turn
from smtpsim.shell.answer import Refused, told
from smtpsim.shell.opening import Choice, open_session
from smtpsim.shell.shell import carry_out

Opened = Callable[[Choice], Turn]

LESSON, CHALLENGE = "lesson", "challenge"
"""The parts of a lesson."""


class Course(NamedTuple):
    """A lesson with its sentences, and where it stands in the course. `hidden` are the sections of the panel that the
    course has not come to; `next` is the lesson after it, "" for none. `folder` is where a lesson of one's own lies."""

    lesson: Lesson
    text: Text
    hidden: frozenset[str] = frozenset()
    next: str = ""
    folder: str = ""

    def has(self, part: str) -> bool:
        return part == LESSON or self.lesson.challenge is not None

    def exercise(self, part: str) -> Exercise:
        found = self.lesson.challenge if part == CHALLENGE else self.lesson.exercise
        assert found is not None
        return found


def find(name: str) -> Course | None:
    """The shipped lesson of that name, None where there is none."""
    names = shipped.names()
    if name not in names:
        return None
    after = names[names.index(name) + 1 :]
    return Course(shipped.load(name), text_of(name), shipped.hidden_by(name), after[0] if after else "")


def text_of(name: str) -> Text:
    """The sentences of a shipped lesson."""
    return lambda words, key: words(f"lessons/{name}.{key}")


def staged(exercise: Exercise, choice: Choice, say: Words, opened: Opened | None = None) -> tuple[Turn, ...]:
    """The turns that set the stage, the greeting first; `opened` connects, in a world of its own unless it is given.
    Raises Failure for a line that cannot be carried out."""
    where = choice._replace(
        world=exercise.world or choice.world, client_ip=exercise.client_ip, host=exercise.host, seed=choice.seed
    )
    turns = [opened(where) if opened else open_session(where, say)]
    turns += lines_played(turns[0], exercise.setup, say)
    return tuple(turns)


def lines_played(turn: Turn, lines: Iterable[str], say: Words) -> list[Turn]:
    """The turns that lines make after a turn, those of the simulator among them. Raises Failure."""
    turns: list[Turn] = []
    for line in lines:
        turns += _one(turns[-1] if turns else turn, line, say)
    return turns


def _one(turn: Turn, line: str, say: Words) -> tuple[Turn, ...]:
    simulation = turn.after
    if not line.startswith(":") or (simulation.connection.state.phase in CONTENT_PHASES and not simulation.access):
        return (simulation.say(line),)
    done = carry_out(simulation, line)
    if isinstance(done, Refused):
        raise Failure(f"{line}: {told(done, say)}")
    return done


def task_of(course: Course, part: str, begins: int, keep: Keep = keep_nothing, exam: bool = False) -> Task:
    """The task of a part of a lesson, for a session whose stage was set by turn `begins`."""
    exercise = course.exercise(part)
    challenges = part == LESSON and course.has(CHALLENGE)
    about = Told(course.lesson.name, part, course.text, course.hidden, course.next, challenges, course.folder)
    wrong = course.lesson.wrong if part == LESSON else ()
    return Task(about, exercise.steps, exercise.solution, begins, wrong, keep, exam)
