"""Lessons on the command line: the list, a lesson on a terminal or a pipe, and the check of one of one's own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.app.environment import Environment
from smtpsim.explain import Words
from smtpsim.goals import shipped
from smtpsim.kernel.failure import Failure
from smtpsim.render.rows import plain
from smtpsim.shell.answer import Begin
from smtpsim.shell.commands.lesson import begin, next_lesson
from smtpsim.shell.course_book import reset, standings
from smtpsim.shell.lesson_check import checked
from smtpsim.shell.lesson_folder import read_folder
from smtpsim.shell.lessons import CHALLENGE, LESSON, Course, find
from smtpsim.shell.opening import Choice, open_session
from smtpsim.shell.shell import Shell
from smtpsim.views.course import course_page

ALL = "all"


class Wish(NamedTuple):
    """The options of `lesson start`; `name` is "" for the first lesson that is not done."""

    name: str
    challenge: bool
    exam: bool
    pupil: str
    seed: int


def course_lines(as_json: bool, say: Words, environment: Environment) -> Iterator[str]:
    """The lessons, for people or one object a line: name, title, steps, and which of them are reached."""
    known = standings()
    if not as_json:
        yield from plain(course_page(shipped.names(), known, say), environment.columns).splitlines()
        return
    for name in shipped.names():
        standing, beyond = known.get((name, LESSON)), known.get((name, CHALLENGE))
        ids = [step.id for step in shipped.load(name).exercise.steps]
        reached = [step for step in ids if standing and step in standing.steps]
        told = {"name": name, "title": say(f"lessons/{name}.title"), "steps": ids, "reached": reached}
        done = {"done": bool(standing and standing.done), "shown": bool(standing and standing.shown)}
        yield json.dumps({**told, **done, "challenge": bool(beyond and beyond.done)}, ensure_ascii=False)


def course_of(name: str, say: Words) -> Course:
    """The lesson of that name, or in that folder. Raises Failure."""
    found = find(name) or (read_folder(name, say) if os.path.isdir(name) else None)
    if found is None:
        raise Failure(say("lesson.unknown", found=name, known=" ".join(shipped.names())))
    return found


def learn(wish: Wish, say: Words, environment: Environment) -> int:
    """Begin a lesson, on the full screen or on a pipe; gives the exit status, on a pipe 1 for steps that are left."""
    from smtpsim.app.pipe_commands import GRANTED

    choice = Choice(lang=say.lang, seed=wish.seed, pupil=wish.pupil)
    first = open_session(choice, say)
    shell = Shell(first, say, choice, GRANTED)
    name = wish.name or next_lesson(shell) or shipped.names()[0]
    course, part = course_of(name, say), CHALLENGE if wish.challenge else LESSON
    if not course.has(part):
        raise Failure(say("command.lesson-no-challenge"))
    begun = begin(shell, course, part, wish.exam)
    if environment.interactive:
        from smtpsim.app.tui.run import run_lesson

        return run_lesson(begun, say.lang, choice)
    return _on_pipe(shell, begun, environment)


def _on_pipe(shell: Shell, begun: Begin, environment: Environment) -> int:
    from smtpsim.app.pipe_commands import Commands, serve_with_commands

    commands = Commands(shell, environment)
    commands.begin(begun)
    serve_with_commands(commands, environment.source, environment.sink)
    return 0 if shell.task is None or shell.task.done else 1


def check_lesson(name: str, say: Words, environment: Environment) -> int:
    """Say what is wrong with a lesson, or that nothing is; gives the exit status."""
    course = course_of(name, say)
    found = checked(course, say)
    for one in found.findings:
        print(say("lesson.check-failed", name=name, wrong=say(f"goal.{one.key}", **one.values)), file=environment.err)
    if not found.findings:
        print(say("lesson.checked", name=name, count=found.near_misses), file=environment.out)
    return 1 if found.findings else 0


def forget(name: str, say: Words) -> str:
    """Forget what was reached in a lesson, or in all; gives the sentence that says so."""
    if name != ALL and name not in shipped.names():
        raise Failure(say("lesson.unknown", found=name, known=" ".join([ALL, *shipped.names()])))
    reset("" if name == ALL else name)
    return say("lesson.reset-done", name=say("lesson.reset-all") if name == ALL else name)
