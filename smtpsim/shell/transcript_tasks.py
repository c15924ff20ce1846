"""The task of a transcript, for a session that was opened from it."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.goals.lesson import LessonFault
from smtpsim.goals.task import Task
from smtpsim.goals.transcript import tasks_of, told_of
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable
from smtpsim.transcript.dialogue import Dialogue


def task_in(name: str, dialogue: Dialogue, say: Words) -> Task | None:
    """What the transcript called `name` wants to be done, None for nothing. Raises Failure for a goal that cannot be
    read."""
    tasks = tasks_of(dialogue)
    if isinstance(tasks, LessonFault):
        raise Failure(told_fault(name, tasks, say))
    return Task(told_of(name, dialogue, tasks), tasks.steps) if tasks.steps else None


def told_fault(name: str, fault: LessonFault, say: Words) -> str:
    """A mistake in one line: file, line, what is wrong, what may have been meant."""
    place = f"{name}:{fault.line}" if fault.line else name
    meant = say("goal.meant", meant=fault.meant) if fault.meant else ""
    return f"{printable(place)}: {say(f'goal.{fault.key}', **fault.values)}{meant}"
