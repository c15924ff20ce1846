"""The tasks that a transcript sets: `# task:` and `# task.ja:` say in words what the `# goal:` lines after them say.

# task: Send a mail to bob.
# goal: outcome recipient=bob@hogefuga.com status=delivered
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.goals.condition import Condition
from smtpsim.goals.lesson import LessonFault
from smtpsim.goals.parse import GoalFault, read_line
from smtpsim.goals.progress import Step
from smtpsim.goals.task import Told
from smtpsim.transcript.dialogue import Dialogue, Directive

GOAL, TASK, TITLE = "goal", "task", "title"
TRANSCRIPT = "transcript"


class Tasks(NamedTuple):
    """The steps of a transcript, and for each its words by language, "" for all."""

    steps: tuple[Step, ...]
    words: tuple[Mapping[str, str], ...]


class _Open(NamedTuple):
    """A task whose goals are being read, and the line that it began in."""

    line: int
    words: dict[str, str]
    conditions: list[Condition]


def tasks_of(dialogue: Dialogue) -> Tasks | LessonFault:
    """The tasks of a transcript in order, or the first mistake in them. There may be none."""
    found: list[_Open] = []
    for directive in dialogue.directives:
        base, _, lang = directive.key.partition(".")
        if base == TASK:
            _task(found, directive, lang)
        elif directive.key == GOAL:
            read = read_line(directive.value)
            if isinstance(read, GoalFault):
                return LessonFault(directive.line, read.key, read.values, read.meant)
            if not found:
                found.append(_Open(directive.line, {}, []))
            found[-1].conditions.append(read)
    return _steps(found)


def _task(found: list[_Open], directive: Directive, lang: str) -> None:
    """Words for the task that has no goals yet, or of another one."""
    if not found or found[-1].conditions:
        found.append(_Open(directive.line, {}, []))
    found[-1].words[lang] = directive.value


def _steps(found: list[_Open]) -> Tasks | LessonFault:
    steps = tuple(Step(f"task-{number}", tuple(one.conditions)) for number, one in enumerate(found, 1))
    for step, one in zip(steps, found, strict=True):
        if step.only_forbids:
            return LessonFault(one.line, "only-not" if step.conditions else "no-goal", {"name": step.id})
    return Tasks(steps, tuple(one.words for one in found))


def told_of(name: str, dialogue: Dialogue, tasks: Tasks) -> Told:
    """What the task of a transcript is about; where it says nothing in words, its goals speak."""

    def text(words: Words, key: str) -> str:
        if key == TITLE:
            return dialogue.directive(f"{TITLE}.{words.lang}") or dialogue.directive(TITLE) or name
        number = int(key.rpartition("-")[2]) - 1
        said = tasks.words[number]
        goals = ", ".join(condition.text for condition in tasks.steps[number].conditions)
        return said.get(words.lang) or said.get("") or goals

    return Told(name, TRANSCRIPT, text)
