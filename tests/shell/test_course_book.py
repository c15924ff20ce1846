"""What was reached, on disk: it outlives whatever happens to the program and to the course."""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path

import pytest

from smtpsim.shell.course_book import FILE, Standing, keeper, records, reset, standings, untouched


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    return tmp_path / "smtpsim"


def test_what_is_reached_is_there_for_the_next_program() -> None:
    keep = keeper("hello", "lesson")
    keep("hello", False)
    keep("quit", True)
    keep("", True)
    assert standings() == {("hello", "lesson"): Standing({"hello": False, "quit": True}, done=True, shown=True)}


def test_what_was_once_reached_without_help_stays_so() -> None:
    keep = keeper("hello", "lesson")
    for shown in (True, False, True):
        keep("quit", shown)
        keep("", shown)
    assert standings()["hello", "lesson"] == Standing({"quit": False}, done=True, shown=False)


@pytest.mark.parametrize(
    "torn", [b'{"lesson": "hello", "par', b"\xff\xfe\n", b"[]\n", b"[" * 5000, b"{}\n", b'{"lesson": 3}\n']
)
def test_a_line_that_was_cut_off_spoils_no_other(folder: Path, torn: bytes) -> None:
    keep = keeper("hello", "lesson")
    keep("hello", False)
    with open(folder / FILE, "ab") as file:
        file.write(torn)
    keep("quit", False)
    assert standings() == {("hello", "lesson"): Standing({"hello": False, "quit": False})}


def test_steps_and_lessons_that_are_not_known_are_kept() -> None:
    """Those of a newer version, or of an older one."""
    keeper("quantum-mail", "lesson")("entangle", False)
    keeper("hello", "lesson")("renamed", False)
    assert set(standings()) == {("quantum-mail", "lesson"), ("hello", "lesson")}


def test_a_reset_forgets_one_lesson_or_all() -> None:
    for name in ("hello", "first-mail"):
        keeper(name, "lesson")("a", False)
    reset("hello")
    assert [record.lesson for record in records()] == ["first-mail"]
    reset("")
    assert standings() == {}
    keeper("hello", "lesson")("a", False)
    assert [record.step for record in records()] == ["a"]


def _keep_many(lesson: str) -> None:
    for number in range(200):
        keeper(lesson, "lesson")(f"step-{number}", False)


def test_two_programs_at_once_lose_nothing() -> None:
    context = get_context("fork")
    writers = [context.Process(target=_keep_many, args=(name,)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert {key: len(standing.steps) for key, standing in standings().items()} == {
        ("one", "lesson"): 200,
        ("two", "lesson"): 200,
    }


def test_a_first_start_is_known_by_what_was_never_typed(folder: Path) -> None:
    assert untouched()
    keeper("hello", "lesson")("hello", False)
    assert not untouched()
    os.remove(folder / FILE)
    (folder / "history").write_text("x")
    assert not untouched()


def test_without_a_place_to_keep_it_nothing_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    keeper("hello", "lesson")("hello", False)
    assert standings() == {}
