"""Grading: recorded sessions are replayed, and a table says what each reached of a task."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.goals import shipped
from smtpsim.goals.grade import Grade, grade
from smtpsim.goals.progress import Step
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable
from smtpsim.render.cells import padded, width
from smtpsim.shell.lesson_folder import read_folder
from smtpsim.shell.lessons import CHALLENGE, LESSON, Course, find
from smtpsim.shell.opening import Choice
from smtpsim.shell.reading import read_dialogue
from smtpsim.shell.recording import record
from smtpsim.shell.transcript_tasks import task_in
from smtpsim.transcript.shipped import find as find_transcript

TICK, CROSS = "\N{CHECK MARK}", "\N{MULTIPLICATION SIGN}"


class Wanted(NamedTuple):
    """What to grade: the files, and what by; `task` is "" for the goals that each file sets itself."""

    files: Sequence[str]
    task: str
    choice: Choice


def grades(wanted: Wanted, say: Words) -> tuple[Grade, ...]:
    """The grade of each file in order. Raises Failure for a file that is none, and for one without a task."""
    steps = task_steps(wanted.task, say) if wanted.task else ()
    return tuple(_graded(file, steps, wanted.choice, say) for file in wanted.files)


def task_steps(name: str, say: Words) -> tuple[Step, ...]:
    """The steps of the lesson of that name (`hello`, or `hello:challenge`), of a lesson's folder or a transcript."""
    lesson, _, part = name.partition(":")
    course = find(lesson) or _folder(lesson, say)
    if course is not None and part in ("", CHALLENGE) and course.has(part or LESSON):
        return course.exercise(part or LESSON).steps
    if not os.path.exists(name) and not find_transcript(name):
        raise Failure(say("lesson.unknown", found=name, known=" ".join(shipped.names())))
    task = task_in(name, read_dialogue(name, "", say), say)
    if task is None:
        raise Failure(f"{printable(name)}: {say('lesson.no-goals')}")
    return task.steps


def _folder(name: str, say: Words) -> Course | None:
    return read_folder(name, say) if os.path.isdir(name) else None


def _graded(file: str, steps: tuple[Step, ...], choice: Choice, say: Words) -> Grade:
    dialogue = read_dialogue(file, "", say)
    if not steps:
        task = task_in(file, dialogue, say)
        if task is None:
            raise Failure(f"{printable(file)}: {say('lesson.no-goals')}")
        steps = task.steps
    recording = record(file, dialogue, choice, say)
    turns = [played.turn for played in recording.turns(say)]
    return grade(file, dialogue.directive("pupil"), turns, steps)


def table_lines(found: Sequence[Grade], say: Words) -> Iterator[str]:
    """A table for people; below it the goals that somebody missed, each with its number in the head."""
    rows = [_head(found, say), *(_row(one) for one in found)]
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(padded(cell, space) for cell, space in zip(row, widths, strict=True)).rstrip()
    yield ""
    for number, goal in enumerate(_goals(found), 1):
        yield f"{number:>3}  {goal}"


def _head(found: Sequence[Grade], say: Words) -> list[str]:
    numbers = [str(number) for number in range(1, len(_goals(found)) + 1)]
    counted = (say(f"lesson.grade-{name}") for name in _COUNTED)
    return [say("lesson.grade-who"), say("lesson.grade-met"), *numbers, *counted]


def _row(one: Grade) -> list[str]:
    ticks = [TICK if goal.met else CROSS for goal in one.goals]
    return [_who(one), f"{one.met}/{one.of}", *ticks, str(one.turns), str(one.mistakes), _time(one.seconds)]


def _who(one: Grade) -> str:
    return printable(one.pupil or one.file)


def _time(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _goals(found: Sequence[Grade]) -> tuple[str, ...]:
    """The goals as they are written: the same for all where there is one task."""
    return tuple(printable(goal.goal) for goal in max(found, key=lambda one: one.of).goals)


_COUNTED = ("turns", "mistakes", "time")


def json_lines(found: Sequence[Grade], say: Words) -> Iterator[str]:
    """One object a file."""
    for one in found:
        goals = [goal._asdict() for goal in one.goals]
        counts = {"pupil": one.pupil or None, "turns": one.turns, "mistakes": one.mistakes, "seconds": one.seconds}
        yield json.dumps({"file": one.file, "met": one.met, "of": one.of, "goals": goals, **counts}, ensure_ascii=False)


def csv_lines(found: Sequence[Grade], say: Words) -> Iterator[str]:
    """A row a file, a column a goal, 1 for what was met. A cell that a spreadsheet would take for a formula is made a
    text by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["file", "pupil", "met", "of", *_goals(found), "turns", "mistakes", "seconds"])
    for one in found:
        ticks = [int(goal.met) for goal in one.goals]
        texts = [_cell(one.file), _cell(one.pupil)]
        writer.writerow([*texts, one.met, one.of, *ticks, one.turns, one.mistakes, one.seconds])
    yield from out.getvalue().splitlines()


def _cell(text: str) -> str:
    shown = printable(text)
    return f"'{shown}" if shown[:1] in ("=", "+", "-", "@") else shown


def html_lines(found: Sequence[Grade], say: Words) -> Iterator[str]:
    """One page with the table."""
    from smtpsim.render.html.table import table_page

    rows = [_head(found, say), *(_row(one) for one in found)]
    yield table_page(say("lesson.grade-title"), rows, _goals(found), say.lang)


FORMS: Mapping[str, Callable[[Sequence[Grade], Words], Iterator[str]]] = {
    "table": table_lines,
    "json": json_lines,
    "csv": csv_lines,
    "html": html_lines,
}
"""How grades are written."""
