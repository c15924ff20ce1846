"""A lesson's file: what is read, and what is said of a mistake in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.explain import LANGUAGES, words
from smtpsim.goals.lesson import Lesson, LessonFault, read_lesson

STEP = '[[step]]\nid = "a"\ngoals = ["reply code=250"]\n'
GOOD = f'solution = "NOOP"\n{STEP}'


def test_a_lesson_is_read() -> None:
    lesson = read_lesson("x", GOOD + '[[wrong]]\nid = "b"\nwhen = { reply = { code = 500 } }\n')
    assert isinstance(lesson, Lesson)
    assert lesson.exercise.solution == ("NOOP",)
    assert lesson.sentences() == ("title", "why", "learnt", "step-a", "hint-a-1", "hint-a-2", "hint-a-3", "wrong-b")


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("solution = ", "toml", 1),
        (f"wrld = 'x'\n{GOOD}", "key", 1),
        (STEP, "no-solution", 0),
        ('solution = "NOOP"', "no-step", 0),
        (GOOD + STEP, "twice", 3),
        (GOOD.replace('"a"', '"A b"'), "id", 3),
        (GOOD.replace("code=250", "cde=250"), "name", 4),
        (GOOD.replace('"reply code=250"', '"not reply code=250"'), "only-not", 3),
        (GOOD.replace('["reply code=250"]', "[3]"), "table", 4),
        (GOOD.replace('["reply code=250"]', '"reply code=250"'), "list", 4),
        (f"sections = 3\n{GOOD}", "list", 1),
        (f"host = 3\n{GOOD}", "text", 1),
        (f"{GOOD}[challenge]\nsolution = 'x'\n", "no-step", 2),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, key: str, line: int) -> None:
    fault = read_lesson("x", text)
    assert isinstance(fault, LessonFault)
    assert (fault.key, fault.line) == (key, line)
    for lang in LANGUAGES:
        assert words(lang)(f"goal.{fault.key}", **fault.values)


@given(st.text())
def test_any_text_is_a_lesson_or_a_mistake(text: str) -> None:
    assert isinstance(read_lesson("x", text), Lesson | LessonFault)
