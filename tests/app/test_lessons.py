"""`smtpsim lesson` and `smtpsim grade` on the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from smtpsim.goals import shipped
from smtpsim.goals.lesson import Lesson, read_lesson
from smtpsim.shell.lessons import find
from tests.app.conftest import Run

MAIL_FROM = "MAIL FROM:<webmaster@example.com>"
HELLO = b"HELO cgi.example.com\nQUIT\n"


@pytest.fixture(autouse=True)
def own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("name", shipped.names())
def test_a_lesson_is_solved_on_a_pipe(run: Run, name: str, lang: str) -> None:
    course = find(name)
    assert course is not None
    for arguments, part in (((), "lesson"), (("--challenge",), "challenge")):
        if course.has(part):
            source = "".join(f"{line}\n" for line in course.exercise(part).solution).encode()
            ran = run("lesson", "start", name, *arguments, "--lang", lang, source=source)
            assert ran.status == 0, ran.err
            assert ":lesson" in ran.err.splitlines()[-1] or name == shipped.names()[-1]
    listed = [json.loads(line) for line in run("lesson", "list", "--json").out.splitlines()]
    mine = next(one for one in listed if one["name"] == name)
    assert (mine["done"], mine["shown"], mine["challenge"]) == (True, False, course.has("challenge"))


def test_a_lesson_that_is_not_done_leaves_status_1(run: Run) -> None:
    assert run("lesson", "start", "hello", source=b"HELO x.example.com\n").status == 1


def test_a_start_without_a_name_is_the_first_lesson_that_is_not_done(run: Run) -> None:
    run("lesson", "start", "hello", source=HELLO)
    first = run("lesson", "start").octets.decode()
    assert find(shipped.names()[min(1, len(shipped.names()) - 1)]) is not None
    assert "goodbye" not in first or len(shipped.names()) == 1


def test_progress_is_listed_exported_and_forgotten(run: Run) -> None:
    run("lesson", "start", "hello", source=b"HELO x.example.com\n")
    assert "1 of 2 steps" in run("lesson", "progress").out
    assert json.loads(run("lesson", "export").out)["step"] == "hello"
    assert run("lesson", "reset", "hello").status == 0
    assert "1 of 2 steps" not in run("lesson", "list").out
    assert run("lesson", "reset", "nope").status == 2


def test_a_session_says_whose_it_is(run: Run, tmp_path: Path) -> None:
    for number, arguments in enumerate((("--as", "Hana", "--commands"), ("lesson", "start", "hello", "--as", "Hana"))):
        file = tmp_path / f"{number}.txt"
        assert run(*arguments, source=f"HELO a.example\nQUIT\n:save {file}\n".encode()).status == 0
        assert "# pupil: Hana" in file.read_text().splitlines()
        assert "Hana  3/3" in run("grade", str(file), "--task", "hello").out


def test_an_exam_gives_no_hint(run: Run) -> None:
    ran = run("lesson", "start", "hello", "--exam", source=b":lesson hint\n:lesson solution\nHELO\n")
    assert ran.err.count("no hints") == 2
    assert "needs a name" not in ran.err


def test_a_new_lesson_works_at_once(run: Run, tmp_path: Path) -> None:
    folder = str(tmp_path / "mine")
    assert run("lesson", "new", folder).status == 0
    ran = run("lesson", "check", folder)
    assert (ran.status, ran.err) == (0, "")
    solved = (tmp_path / "mine" / "lesson.toml").read_text().split('"""')[1].lstrip("\n")
    assert run("lesson", "start", folder, source=solved.encode()).status == 0
    assert run("lesson", "new", folder).status == 2


@pytest.mark.parametrize(
    ("lines", "solution", "goals"),
    [
        (("HELO cgi.example.com", "QUIT"), 2, ("fact key=hello", "reply code=221 verb=QUIT")),
        (("HELO cgi.example.com",), 1, ("fact key=hello",)),
        (("EHLO a.example", MAIL_FROM), 2, ("fact key=hello", "envelope from=webmaster@example.com")),
        (("EHLO a.example", "NOOP", "NOOP", MAIL_FROM, "RCPT TO:<test@hogefuga.com>", ":wait 1d", "QUIT"), 4, ()),
    ],
)
def test_a_proposed_lesson_asks_for_every_line_that_it_keeps(
    run: Run, tmp_path: Path, lines: tuple[str, ...], solution: int, goals: tuple[str, ...]
) -> None:
    session, folder = tmp_path / "session.txt", tmp_path / "lesson"
    session.write_text("".join(line + "\n" if line.startswith(":") else f"> {line}\n" for line in lines))
    assert run("lesson", "new", str(folder), "--from", str(session)).status == 0
    checked = run("lesson", "check", str(folder))
    assert (checked.status, checked.err) == (0, "")
    lesson = read_lesson("lesson", (folder / "lesson.toml").read_text(encoding="utf-8"))
    assert isinstance(lesson, Lesson)
    assert len(lesson.exercise.solution) >= solution
    assert set(lesson.exercise.solution) <= set(lines) | {":connect"}
    asked = {condition.text for step in lesson.exercise.steps for condition in step.conditions}
    assert set(goals) <= asked


@pytest.mark.parametrize("name", ["04-unknown-user", "08-several-recipients", "09-bounce"])
def test_a_lesson_proposed_from_a_session_is_solved_by_it(run: Run, tmp_path: Path, name: str) -> None:
    folder = str(tmp_path / "mine")
    assert run("lesson", "new", folder, "--from", name).status == 0
    wrong = run("lesson", "check", folder).err
    assert "does not reach" not in wrong
    assert "before anything" not in wrong


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("lesson.toml", "solution =", "lesson.toml:1"),
        ("lesson.toml", 'solution = "NOOP"\n[[step]]\nid = "a"\ngoals = ["rply code=1"]\n', "lesson.toml:4: 'rply'"),
        ("en.toml", 'title = "x"', "en.toml: en: the sentence why is missing"),
        ("en.toml", "title = 3", "en.toml: title must be a text"),
        ("en.toml", "=", "en.toml: this is no TOML"),
    ],
)
def test_a_mistake_in_a_lesson_is_one_line(run: Run, tmp_path: Path, file: str, text: str, told: str) -> None:
    folder = tmp_path / "mine"
    run("lesson", "new", str(folder))
    (folder / file).write_text(text)
    ran = run("lesson", "check", str(folder))
    assert ran.status == 2
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_lesson_that_a_near_miss_solves_is_told(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    run("lesson", "new", str(folder))
    path = folder / "lesson.toml"
    path.write_text(path.read_text().replace('"envelope from=webmaster@example.com", ', ""))
    ran = run("lesson", "check", str(folder))
    assert ran.status == 1
    assert "MAIL FROM" in ran.err


TASKS = """\
# pupil: {pupil}
# task: Be refused.
# goal: reply code=550
# task: Deliver a mail.
# goal: outcome status=delivered
$ telnet mx.hogefuga.com 25
> HELO x.example.com
> MAIL FROM:<a@example.com>
> RCPT TO:<nobody@hogefuga.com>
250 okay
> QUIT
"""


@pytest.fixture
def session(tmp_path: Path) -> str:
    """One that was edited by hand: it claims that the recipient was taken."""
    path = tmp_path / "hana.txt"
    path.write_text(TASKS.format(pupil="=Hana"))
    return str(path)


def test_a_session_counts_for_what_it_really_does(run: Run, session: str) -> None:
    ran = run("grade", session, "--json")
    assert ran.status == 1
    assert json.loads(ran.out) == {
        "file": session,
        "met": 1,
        "of": 2,
        "goals": [
            {"goal": "reply code=550", "met": True, "turn": 3},
            {"goal": "outcome status=delivered", "met": False, "turn": None},
        ],
        "pupil": "=Hana",
        "turns": 4,
        "mistakes": 1,
        "seconds": 0,
    }


def test_grades_are_a_table_for_people_and_for_spreadsheets(run: Run, session: str) -> None:
    assert "=Hana  1/2" in run("grade", session).out
    head, row = csv.reader(io.StringIO(run("grade", session, "--csv").out))
    assert head[4:6] == ["reply code=550", "outcome status=delivered"]
    assert row[1:6] == ["'=Hana", "1", "2", "1", "0"]
    assert "<td>=Hana</td>" in run("grade", session, "--html").out


def test_a_session_is_graded_by_a_lesson(run: Run, session: str) -> None:
    assert run("grade", session, "--task", "hello").status == 0
    assert run("grade", session, session, "--task", session, "--json").out.count("\n") == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--task", "nope"), "there is no lesson"),
        (("--csv", "--json"), "choose one"),
    ],
)
def test_wrong_use_is_one_line(run: Run, session: str, arguments: tuple[str, ...], told: str) -> None:
    ran = run("grade", session, *arguments)
    assert ran.status == 2
    assert told in ran.err


def test_a_file_without_goals_cannot_be_graded(run: Run) -> None:
    ran = run("grade", "04-unknown-user")
    assert ran.status == 2
    assert "sets no task" in ran.err
