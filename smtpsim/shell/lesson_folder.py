"""A lesson of one's own: a folder with `lesson.toml`, and its sentences in `en.toml`, `ja.toml` and other languages."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping

from smtpsim.explain import LANGUAGES, Words
from smtpsim.goals.lesson import Exercise, Lesson, LessonFault, read_lesson
from smtpsim.goals.task import Text
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable
from smtpsim.shell.lessons import Course
from smtpsim.shell.reading import content_of
from smtpsim.shell.transcript_tasks import told_fault

FILE = "lesson.toml"


def read_folder(folder: str, say: Words) -> Course:
    """The lesson in a folder. Raises Failure in one line: file, line, what is wrong, what to do."""
    path = os.path.join(folder, FILE)
    name = os.path.basename(os.path.abspath(folder))
    text = _decoded(path, say)
    lesson = read_lesson(name, text)
    if isinstance(lesson, LessonFault):
        raise Failure(told_fault(path, lesson, say))
    placed = lesson._replace(
        exercise=_placed(folder, lesson.exercise),
        challenge=_placed(folder, lesson.challenge) if lesson.challenge else None,
    )
    return Course(placed, _text(_sentences(folder, placed, say)), folder=folder)


def _placed(folder: str, exercise: Exercise) -> Exercise:
    """The exercise with its world, which is named from the lesson's folder."""
    return exercise._replace(world=os.path.join(folder, exercise.world)) if exercise.world else exercise


def _sentences(folder: str, lesson: Lesson, say: Words) -> dict[str, Mapping[str, str]]:
    """By language the sentences that there are. One language at least must be whole."""
    found = {}
    for lang in LANGUAGES:
        path = os.path.join(folder, f"{lang}.toml")
        if os.path.exists(path):
            found[lang] = _table(path, say)
            _complete(path, lang, found[lang], lesson, say)
    if not found:
        raise Failure(f"{printable(folder)}: {say('goal.no-language', known=', '.join(LANGUAGES))}")
    return found


def _complete(path: str, lang: str, sentences: Mapping[str, str], lesson: Lesson, say: Words) -> None:
    lacking = next((key for key in lesson.sentences() if key not in sentences), "")
    if lacking:
        raise Failure(f"{printable(path)}: {say('goal.no-text', lang=lang, name=lacking)}")


def _table(path: str, say: Words) -> Mapping[str, str]:
    try:
        read = tomllib.loads(_decoded(path, say))
    except tomllib.TOMLDecodeError as wrong:
        raise Failure(f"{printable(path)}: {say('goal.toml', reason=wrong)}") from None
    strange = next((key for key, value in read.items() if not isinstance(value, str)), None)
    if strange is not None:
        raise Failure(f"{printable(path)}: {say('goal.text', name=strange)}")
    return read


def _decoded(path: str, say: Words) -> str:
    try:
        return content_of(path, path, say).decode("utf-8")
    except UnicodeDecodeError:
        raise Failure(f"{printable(path)}: {say('goal.not-utf-8')}") from None


def _text(sentences: Mapping[str, Mapping[str, str]]) -> Text:
    """A sentence in the language of the words, else in the first that the lesson has."""
    other = next(iter(sentences.values()))
    return lambda words, key: printable(sentences.get(words.lang, other)[key])
