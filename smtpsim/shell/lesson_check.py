"""Checks a lesson as a whole: its start, its solution, near misses of it, and its sentences in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from smtpsim.explain import LANGUAGES, Words
from smtpsim.explain import words as words_of
from smtpsim.goals.follower import met_at_start, played
from smtpsim.goals.lesson import Exercise
from smtpsim.goals.progress import Progress
from smtpsim.kernel.failure import Failure
from smtpsim.render.cells import width
from smtpsim.session.simulation import Turn
from smtpsim.shell.lessons import CHALLENGE, LESSON, Course, lines_played, staged
from smtpsim.shell.opening import Choice

PART = "part"
LONGEST_HINT = 240
"""Columns of a hint, which are three lines of a screen of 80 columns."""

_PATH = re.compile(r"(?i)((?:MAIL FROM|RCPT TO):\s*<?)([^\s>]*)")


class Finding(NamedTuple):
    """What is wrong with a lesson: the sentence `goal.KEY` and its values."""

    key: str
    values: Mapping[str, str]


class NearMiss(NamedTuple):
    """A solution with line `at` (from 0) dropped or changed; `what` says which, `changed` is what stands there now, ""
    for nothing."""

    lines: tuple[str, ...]
    what: str
    at: int
    changed: str


def findings(course: Course, say: Words) -> Iterator[Finding]:
    """Everything that is wrong. Raises Failure for a stage that cannot be set."""
    for part in (LESSON, CHALLENGE):
        if course.has(part):
            yield from _exercise(part, course.exercise(part), say)


def _exercise(part: str, exercise: Exercise, say: Words) -> Iterator[Finding]:
    stage = staged(exercise, Choice(), say)
    for step in met_at_start(exercise.steps, stage):
        yield Finding("met-at-start", {PART: part, "step": step.id})
    reached = _played(exercise, stage, exercise.solution, say)
    for step, met in zip(exercise.steps, reached.met, strict=True):
        if not met:
            yield Finding("unsolved", {PART: part, "step": step.id})
    for miss in passing(exercise, near_misses(exercise), say) if reached.done else ():
        yield Finding("near-miss", {PART: part, "what": miss.what})


def passing(exercise: Exercise, misses: Iterable[NearMiss], say: Words) -> Iterator[NearMiss]:
    """The near misses that reach every step all the same. Raises Failure for a stage that cannot be set."""
    stage = staged(exercise, Choice(), say)
    return (miss for miss in misses if _played(exercise, stage, miss.lines, say).done)


def solving(exercise: Exercise, say: Words) -> Progress:
    """The progress that the solution makes. Raises Failure for a stage that cannot be set."""
    return _played(exercise, staged(exercise, Choice(), say), exercise.solution, say)


def near_misses(exercise: Exercise) -> Iterator[NearMiss]:
    """The solution without each of its commands, and with another address in each MAIL and RCPT that leaves no choice.
    The lines of a letter are the pupil's own, save the dot that ends it."""
    solution = exercise.solution
    for index in commands_of(solution):
        line = solution[index]
        before, after = solution[:index], solution[index + 1 :]
        yield NearMiss((*before, *after), f"- {line}", index, "")
        for changed in () if line in exercise.free else _changed(line):
            yield NearMiss((*before, changed, *after), f"{line} > {changed}", index, changed)


def commands_of(solution: tuple[str, ...]) -> Iterator[int]:
    """Where the lines stand that are no lines of a letter."""
    in_letter = False
    for index, line in enumerate(solution):
        if line == ".":
            in_letter = False
        if not in_letter:
            yield index
        if line.upper() == "DATA":
            in_letter = True


def _changed(line: str) -> Iterator[str]:
    match = _PATH.match(line)
    if match:
        yield f"{match[1]}postmaster@bookshop.example{line[match.end() :]}"


def _played(exercise: Exercise, stage: tuple[Turn, ...], lines: tuple[str, ...], say: Words) -> Progress:
    """The progress that these lines make. A line that cannot be carried out is passed over, as a refusal is."""
    turns = list(stage)
    for line in lines:
        try:
            turns += lines_played(turns[-1], (line,), say)
        except Failure:
            continue
    return played(exercise.steps, turns, len(stage) - 1)


class Checked(NamedTuple):
    """What is wrong with a lesson, and how many near misses were tried."""

    findings: tuple[Finding, ...]
    near_misses: int


def checked(course: Course, say: Words) -> Checked:
    """Check the lesson in every language that it has."""
    parts = [course.exercise(part) for part in (LESSON, CHALLENGE) if course.has(part)]
    count = sum(1 for exercise in parts for _ in near_misses(exercise))
    return Checked((*findings(course, say), *_wide(course)), count)


def _wide(course: Course) -> Iterator[Finding]:
    """Hints that do not fit."""
    for lang in LANGUAGES:
        for key in course.lesson.sentences():
            columns = width(course.text(words_of(lang), key))
            if key.startswith("hint-") and columns > LONGEST_HINT:
                values = {"lang": lang, "name": key, "columns": str(columns), "most": str(LONGEST_HINT)}
                yield Finding("too-wide", values)
