"""The tasks that a transcript sets."""

from __future__ import annotations

import pytest

from smtpsim.explain import words
from smtpsim.goals.lesson import LessonFault
from smtpsim.goals.transcript import Tasks, tasks_of, told_of
from smtpsim.transcript import Dialogue, read, write


def dialogue(*lines: str) -> Dialogue:
    read_one = read("\n".join((*lines, "> NOOP", "")).encode(), format="text")
    assert isinstance(read_one, Dialogue)
    return read_one


def test_a_task_has_the_goals_after_it() -> None:
    tasks = tasks_of(
        dialogue(
            "# task: Say hello.",
            "# task.ja: 名乗る。",
            "# goal: fact key=hello",
            "# task: Leave.",
            "# goal: reply code=221",
        )
    )
    assert isinstance(tasks, Tasks)
    assert [len(step.conditions) for step in tasks.steps] == [1, 1]
    told = told_of("x.txt", dialogue("# title: T"), tasks)
    assert told.text(words("ja"), "step-task-1") == "名乗る。"
    assert told.text(words("ja"), "step-task-2") == "Leave."
    assert told.text(words("en"), "title") == "T"


def test_goals_without_words_speak_for_themselves() -> None:
    tasks = tasks_of(dialogue("# goal: reply code=221", "# goal: fact key=hello"))
    assert isinstance(tasks, Tasks)
    assert told_of("x", dialogue(), tasks).text(words("en"), "step-task-1") == "reply code=221, fact key=hello"


def test_a_transcript_without_goals_sets_no_task() -> None:
    assert tasks_of(dialogue("# title: T")) == Tasks((), ())


@pytest.mark.parametrize(
    ("lines", "line", "key"),
    [
        (("# title: T", "# goal: rply code=1"), 2, "subject"),
        (("# goal: not reply code=550",), 1, "only-not"),
        (("# goal: reply code=1", "# task: Nothing"), 2, "no-goal"),
    ],
)
def test_a_mistake_has_its_line(lines: tuple[str, ...], line: int, key: str) -> None:
    fault = tasks_of(dialogue(*lines))
    assert isinstance(fault, LessonFault)
    assert (fault.line, fault.key) == (line, key)


@pytest.mark.parametrize("form", ["text", "json"])
def test_goals_are_kept_in_what_is_written(form: str) -> None:
    before = dialogue("# task: Say hello.", "# goal: fact key=hello", "# goal: reply code=250")
    again = read(write(before, form), format=form)
    assert isinstance(again, Dialogue)
    assert tasks_of(again) == tasks_of(before)
