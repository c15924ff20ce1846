"""Every lesson that is shipped: solved by its solution, refused for each near miss, with words in every language."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from smtpsim.explain import words
from smtpsim.explain.words import entries
from smtpsim.goals import shipped
from smtpsim.goals.lesson import HINTS
from smtpsim.render.rows import task_lines
from smtpsim.shell.commands.lesson import COMMAND
from smtpsim.shell.lesson_check import findings
from smtpsim.shell.lessons import find
from smtpsim.views.row import Row
from tests.explain.test_catalogues import JAPANESE, columns
from tests.explain.test_coverage import EMITTED

COMPLETE = ("en", "ja")


@pytest.mark.parametrize("name", shipped.names())
def test_a_lesson_is_solved_by_its_solution_and_by_no_near_miss(name: str) -> None:
    course = find(name)
    assert course is not None
    assert list(findings(course, words("en"))) == []


@pytest.mark.parametrize("lang", COMPLETE)
@pytest.mark.parametrize("name", shipped.names())
def test_a_lesson_has_its_sentences_and_no_others(name: str, lang: str) -> None:
    assert sorted(entries(lang, f"lessons/{name}")) == sorted(shipped.load(name).sentences())


@pytest.mark.parametrize("lang", COMPLETE)
@pytest.mark.parametrize("name", shipped.names())
def test_hints_fit_three_lines_of_a_small_screen(name: str, lang: str) -> None:
    say, lesson = words(lang), shipped.load(name)
    for step in lesson.exercise.steps:
        for grade in range(1, HINTS + 1):
            assert columns(say(f"lessons/{name}.hint-{step.id}-{grade}")) <= 230, (step.id, grade)


@pytest.mark.parametrize("lang", COMPLETE)
@pytest.mark.parametrize("name", shipped.names())
def test_a_step_is_read_whole_on_a_small_screen(name: str, lang: str) -> None:
    say, lesson = words(lang), shipped.load(name)
    for step in lesson.exercise.steps:
        told = Row("task", say(f"lessons/{name}.title"), "0/9 " + say(f"lessons/{name}.step-{step.id}"))
        shown = "".join(text for spans in task_lines(told, 80) for _, text in spans)
        assert "".join(told.value.split()) in "".join(shown.split()), step.id


@pytest.mark.parametrize("name", shipped.names())
def test_the_last_hint_is_a_line_of_the_solution(name: str) -> None:
    """What is shown as the line to type is one that solves the lesson, in every language the same."""
    lesson = shipped.load(name)
    for step in lesson.exercise.steps:
        shown = {words(lang)(f"lessons/{name}.hint-{step.id}-{HINTS}") for lang in COMPLETE}
        assert len(shown) == 1, step.id
        assert shown.pop() in lesson.exercise.solution, step.id


@pytest.mark.parametrize("name", shipped.names())
def test_conditions_name_replies_and_faults_that_there_are(name: str) -> None:
    """A wrong turn by a key that no server gives would never be answered."""
    lesson = shipped.load(name)
    steps = (*lesson.exercise.steps, *(lesson.challenge.steps if lesson.challenge else ()))
    conditions = [*(one.condition for one in lesson.wrong), *(goal for step in steps for goal in step.conditions)]
    named = [(one.subject, term.value) for one in conditions for term in one.terms if term.name == "key"]
    known = {subject: EMITTED[subject] for subject in ("reply", "fault")}
    assert [(subject, key) for subject, key in named if key not in known.get(subject, {key})] == []


def test_no_lesson_is_called_as_an_order_is() -> None:
    taken = [name for name in COMMAND.arguments.__globals__["_ORDERS"] if name in shipped.names()]
    assert not taken


def test_sections_of_the_panel_only_grow() -> None:
    names = shipped.names()
    for earlier, later in pairwise(names):
        assert shipped.hidden_by(earlier) >= shipped.hidden_by(later)


@pytest.mark.parametrize("name", shipped.names())
def test_japanese_is_japanese_and_sets_latin_words_apart(name: str) -> None:
    touching = re.compile(f"{JAPANESE}[A-Za-z0-9]|[A-Za-z0-9]{JAPANESE}")
    line = re.compile(f"hint-.*-{HINTS}")
    for key, text in entries("ja", f"lessons/{name}").items():
        assert line.fullmatch(key) or re.search(JAPANESE, text) or key == "title", key
        assert not touching.search(text), key
