""":lesson: lessons from within a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpsim.app.new_lesson import write_lesson
from smtpsim.explain import words
from smtpsim.session.change import Wrong
from smtpsim.shell.answer import Begin, Grant, Leave, Page, Question, Told
from smtpsim.shell.commands.lesson import begin as begin_lesson
from smtpsim.shell.lesson_folder import read_folder
from smtpsim.shell.lessons import LESSON, find
from tests.shell.conftest import Begin as Begun


@pytest.fixture(autouse=True)
def own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def test_next_is_the_first_lesson_and_then_the_one_after_it(begin: Begun) -> None:
    shell = begin()
    for name in ("hello", "first-mail"):
        answer = shell.input(":lesson next")
        assert isinstance(answer, Begin)
        assert shell.task is not None
        assert shell.task.told.name == name


def test_a_session_that_is_not_saved_is_asked_about_unless_it_is_a_lesson(begin: Begun) -> None:
    shell = begin("HELO a.example")
    answer = shell.command(":lesson hello")
    assert isinstance(answer, Question)
    shell.apply(answer.yes())
    shell.input("HELO a.example")
    assert isinstance(shell.command(":lesson first-mail"), Begin)


@pytest.mark.parametrize(
    ("lines", "disk", "exam", "asked"),
    [
        (("HELO a.example", "QUIT"), True, False, False),
        (("HELO a.example",), True, False, True),
        (("HELO a.example", "QUIT"), False, False, True),
        (("HELO a.example", "QUIT"), True, True, True),
    ],
)
def test_a_lesson_that_is_done_is_left_without_a_question(
    begin: Begun, lines: tuple[str, ...], disk: bool, exam: bool, asked: bool
) -> None:
    """Where it stands in the course book that it is; what was typed in an exam is handed in."""
    shell = begin()
    shell.grants = frozenset(Grant) if disk else frozenset()
    course = find("hello")
    assert course is not None
    shell.apply(begin_lesson(shell, course, LESSON, exam))
    for line in lines:
        shell.input(line)
        shell.news()
    assert isinstance(shell.command(":quit"), Question if asked else Leave)


@pytest.mark.parametrize("order", ["hint", "solution", "again", "challenge", "stop"])
def test_without_a_lesson_there_is_nothing_to_say(begin: Begun, order: str) -> None:
    assert begin().command(f":lesson {order}") == Wrong("lesson-none")


def test_a_lesson_that_there_is_not_names_those_that_there_are(begin: Begun) -> None:
    answer = begin().command(":lesson helo")
    assert isinstance(answer, Wrong)
    assert "hello" in answer.values["known"]


def test_again_begins_anew_and_the_challenge_is_elsewhere(begin: Begun) -> None:
    shell = begin(":lesson hello", "HELO a.example")
    shell.news()
    shell.input(":lesson again")
    assert shell.task is not None
    assert shell.task.met == (False, False)
    shell.input(":lesson challenge")
    assert shell.simulation.connection.host.name == "mx.hogefuga.com"
    assert isinstance(shell.command(":lesson hint"), Told)


def test_stop_leaves_the_session_as_it_is(begin: Begun) -> None:
    shell = begin(":lesson hello", "HELO a.example", ":lesson stop")
    assert shell.task is None
    assert shell.now.line == "HELO a.example"


def test_the_page_says_what_is_to_be_done(begin: Begun) -> None:
    answer = begin(":lesson hello").command(":lesson")
    assert isinstance(answer, Page)
    assert answer.make(frozenset()).title == "Connect and say hello"


def test_nothing_is_noted_down_where_nothing_may_be_written(begin: Begun, tmp_path: Path) -> None:
    """A stranger's lesson is no step of the owner's course."""
    shell = begin(":lesson hello", "HELO a.example")
    assert shell.news().reached
    assert not (tmp_path / "state").exists()


def test_what_is_reached_is_noted_down_for_who_owns_the_disk(begin: Begun, tmp_path: Path) -> None:
    shell = begin()
    shell.grants = frozenset(Grant)
    for line in (":lesson hello", "HELO a.example"):
        shell.input(line)
        shell.news()
    assert '"step": "hello"' in (tmp_path / "state/smtpsim/lessons.jsonl").read_text()


def test_in_an_exam_nobody_explains(begin: Begun, tmp_path: Path) -> None:
    shell, folder = begin(), str(tmp_path / "mine")
    write_lesson(folder, "", words("en"))
    shell.apply(begin_lesson(shell, read_folder(folder, words("en")), LESSON, exam=True))
    for line in (":explain 250", ":expl", ":recover"):
        assert shell.command(line) == Wrong("not-in-exam"), line
    assert shell.command(":lesson solution") == Told("lesson.no-hint")
    shell.input(":lesson again")
    assert shell.in_exam


def test_a_lesson_of_ones_own_begins_again_and_has_no_next(begin: Begun, tmp_path: Path) -> None:
    shell, folder = begin(), str(tmp_path / "mine")
    write_lesson(folder, "", words("en"))
    shell.apply(begin_lesson(shell, read_folder(folder, words("en")), LESSON))
    assert isinstance(shell.command(":lesson again"), Begin)
    assert shell.command(":lesson challenge") == Wrong("lesson-no-challenge")
    assert isinstance(shell.command(":lesson next"), Told)


def test_a_transcript_with_goals_is_a_task(begin: Begun, tmp_path: Path) -> None:
    shell = begin()
    shell.grants = frozenset(Grant)
    path = tmp_path / "task.txt"
    path.write_text("# task: Say hello.\n# goal: fact key=hello\n$ telnet mx.hogefuga.com 25\n> NOOP\n")
    from smtpsim.shell.disk import performed

    shell.apply(performed(shell.command(f":open {path}"), shell))
    assert shell.task is not None
    assert shell.task.met == (False,)
    shell.input("HELO a.example")
    assert shell.news().done
    shell.input(":undo")
    shell.news()
    assert shell.task.met == (False,)
