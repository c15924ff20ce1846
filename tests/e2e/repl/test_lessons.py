"""Lessons in a real terminal: every one solved by its lines, and what a beginner meets on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smtpsim.explain import words
from smtpsim.goals import shipped
from tests.e2e.repl.conftest import Start


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_whole_course(start: Start, tmp_path: Path, lang: str) -> None:
    say = words(lang)
    terminal = start("--lang", lang, "lesson", "start", rows=50)
    for name in shipped.names():
        terminal.wait(say(f"lessons/{name}.title"))
        terminal.press("esc")
        terminal.wait(say("repl.half-panel"))
        lesson = shipped.load(name)
        terminal.enter(*lesson.exercise.solution)
        terminal.step(len(lesson.exercise.setup) + len(lesson.exercise.solution))
        terminal.enter(":lesson next")
    noted = [json.loads(line) for line in (tmp_path / "smtpsim/lessons.jsonl").read_text().splitlines() if line]
    assert [record["lesson"] for record in noted if not record["step"]] == list(shipped.names())
    assert not any(record["shown"] for record in noted)


def test_a_first_start_offers_the_first_lesson(start: Start) -> None:
    terminal = start(columns=80, rows=24)
    terminal.wait("New here? :lesson next")
    terminal.enter(":lesson next")
    terminal.wait("Connect and say hello")
    terminal.press("esc")
    terminal.enter("HELO")
    terminal.wait("HELO needs a name")
    for hint in ("Ask yourself:", "The rule:", "Type: HELO cgi.example.com"):
        terminal.type("?")
        terminal.wait(hint)
    terminal.enter("HELO cgi.example.com")
    terminal.wait("Next: Say goodbye")
    terminal.wait("1/2 Say goodbye")
    terminal.press("f3")
    terminal.wait("0/2 Tell the server")
    terminal.press("f4")
    terminal.wait("1/2 Say goodbye")


def test_nobody_is_offered_a_lesson_twice(start: Start) -> None:
    first = start()
    first.enter("NOOP")
    first.step(1)
    assert "New here?" not in start().step(0)


def test_an_exam_shows_no_hint_and_completes_nothing(start: Start) -> None:
    terminal = start("lesson", "start", "hello", "--exam")
    terminal.wait("An exam")
    terminal.press("esc", "esc")
    terminal.type("HE")
    terminal.press("tab")
    screen = terminal.wait("1 > HE")
    assert "cgi.example.com" not in screen.split("1 > HE")[1]
    terminal.enter("LO a.example")
    terminal.wait("Next: Say goodbye")
    terminal.enter(":explain")
    terminal.wait("This is an exam")


def test_a_presented_transcript_ticks_its_goals_step_by_step(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "task.txt"
    tasks = "# task: Say hello.\n# goal: fact key=hello\n# task: Leave.\n# goal: reply code=221\n"
    file.write_text(f"# title: A task\n{tasks}$ telnet mx.hogefuga.com 25\n> HELO a.example\n> QUIT\n")
    terminal = start("replay", str(file), "--step")
    terminal.press("space")
    terminal.wait("✓ Say hello.")
    assert "✓ Leave." not in terminal.text
    terminal.press("space")
    terminal.wait("✓ Leave.")
    terminal.press("left")
    terminal.wait(lambda text: "✓ Leave." not in text and "✓ Say hello." in text)
