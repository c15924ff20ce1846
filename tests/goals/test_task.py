"""A task at work: what is said to each line, hints by grade, and what is noted down."""

from __future__ import annotations

import pytest

from smtpsim.explain import words
from smtpsim.goals.task import News, Task
from smtpsim.session.timeline import Timeline
from smtpsim.shell.lessons import LESSON, find, task_of
from smtpsim.views.task import news_row
from tests.goals.stage import turns_of


class Pupil:
    """Somebody at the first lesson; `noted` is what was kept."""

    def __init__(self, exam: bool = False) -> None:
        course = find("hello")
        assert course is not None
        self.noted: list[tuple[str, bool]] = []
        self.task: Task = task_of(course, LESSON, 0, lambda step, shown: self.noted.append((step, shown)), exam)
        self.timeline = Timeline(turns_of()[0])
        self.task.follow(self.timeline)

    def say(self, line: str) -> News:
        self.timeline.add(self.timeline.now.after.say(line))
        return self.task.follow(self.timeline)


def test_a_step_is_celebrated_once_and_noted_down() -> None:
    pupil = Pupil()
    news = pupil.say("HELO cgi.example.com")
    assert [step.id for step in news.reached] == ["hello"]
    assert pupil.task.follow(pupil.timeline) == News()
    assert pupil.say("QUIT").done
    assert pupil.noted == [("hello", False), ("quit", False), ("", False)]


def test_a_wrong_turn_has_an_answer_and_the_rule_when_it_is_taken_again() -> None:
    pupil, say = Pupil(), words("en")
    first, second = (news_row(pupil.task, pupil.say("HELO"), say) for _ in range(2))
    assert first is not None
    assert first.value == say("lessons/hello.wrong-no-name")
    assert second is not None
    assert second.value == f"{first.value} {say('lessons/hello.hint-hello-2')}"


def test_refusals_in_a_row_point_at_the_hint() -> None:
    pupil = Pupil()
    assert [pupil.say(line).stuck for line in ("DATA", "RCPT TO:<a@b.c>", "DATA")] == [False, False, True]


def test_hints_come_by_grade_and_the_line_counts_as_shown() -> None:
    pupil = Pupil()
    assert [pupil.task.hint()[1] for _ in range(4)] == [1, 2, 3, 3]
    pupil.say("HELO cgi.example.com")
    assert pupil.noted == [("hello", True)]


def test_who_saw_the_solution_has_it_noted_down() -> None:
    pupil = Pupil()
    assert pupil.task.reveal() == ("HELO cgi.example.com", "QUIT")
    pupil.say("HELO cgi.example.com")
    pupil.say("QUIT")
    assert pupil.noted[-1] == ("", True)


def test_nobody_helps_in_an_exam() -> None:
    pupil = Pupil(exam=True)
    assert pupil.say("HELO") == News()
    assert pupil.task.hint() == ("", 0)


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_after_the_end_the_next_action_is_said(lang: str) -> None:
    pupil = Pupil()
    pupil.say("HELO cgi.example.com")
    told = news_row(pupil.task, pupil.say("QUIT"), words(lang))
    assert told is not None
    assert ":lesson" in told.value
