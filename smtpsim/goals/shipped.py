"""The lessons that come with the program, in the order of the course."""

from __future__ import annotations

import os
from functools import cache

from smtpsim.goals.lesson import Lesson, read_lesson
from smtpsim.transcript.shipped import unnumbered

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lessons")
ENDING = ".toml"


@cache
def names() -> tuple[str, ...]:
    """The names of all lessons. The number before a file's name says where it stands, and is no part of the name."""
    return tuple(map(_name, _files()))


@cache
def load(name: str) -> Lesson:
    """The lesson of that name. Raises LookupError for one that there is not."""
    file = next((file for file in _files() if _name(file) == name), None)
    if file is None:
        raise LookupError(name)
    with open(os.path.join(_FOLDER, file), encoding="utf-8") as opened:
        lesson = read_lesson(name, opened.read())
    if not isinstance(lesson, Lesson):
        raise ValueError(f"{file}:{lesson.line}: {lesson.key} {dict(lesson.values)}")
    return lesson


def hidden_by(name: str) -> frozenset[str]:
    """The panel's sections that the course comes to only after this lesson."""
    course = names()
    at = course.index(name) + 1
    known = {key for earlier in course[:at] for key in load(earlier).sections}
    return frozenset(key for later in course[at:] for key in load(later).sections) - known


def _files() -> tuple[str, ...]:
    return tuple(sorted(file for file in os.listdir(_FOLDER) if file.endswith(ENDING)))


def _name(file: str) -> str:
    return unnumbered(file.removesuffix(ENDING))
