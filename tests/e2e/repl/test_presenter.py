"""Presenting a recording in a real terminal: title card, captions, jumps, branches, the large room, the loop."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.repl.conftest import Start
from tests.e2e.repl.terminal import Terminal

FAST = "1000"


@pytest.mark.parametrize(("columns", "rows"), [(120, 36), (100, 30), (80, 24)])
@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en_US.UTF-8", ("The first mail", "12 steps, from 192.0.2.10 to smtp.example.com", "what if?")),
        ("ja_JP.UTF-8", ("はじめてのメール", "全 15 手、192.0.2.10 から smtp.example.com へ", "もしも？")),
    ],
)
def test_the_title_card(start: Start, columns: int, rows: int, lang: str, said: tuple[str, ...]) -> None:
    terminal = start("replay", "first-mail", "--step", columns=columns, rows=rows, LANG=lang)
    for text in (*said, "0   220 Connected", "Ctrl-D"):
        assert text in terminal.text
    terminal.type(" ")
    screen = terminal.step(1)
    assert said[1] not in screen
    assert "LO cgi.example.com" in screen


def test_a_remark_is_a_caption_and_then_a_part_of_the_dialogue(start: Start) -> None:
    terminal = start("replay", "first-mail", "--step")
    terminal.type("  ")
    screen = terminal.step(2)
    assert "\n  MAIL and RCPT fill in the envelope" in screen
    assert "# MAIL and RCPT" not in screen
    row = next(number for number, line in enumerate(screen.splitlines()) if "MAIL and RCPT" in line)
    shown = terminal.screen.buffer[row]
    assert all(shown[column].reverse and shown[column].bold for column in range(120))
    terminal.type(" ")
    screen = terminal.step(3)
    assert "\n  MAIL and RCPT" not in screen
    assert "# MAIL and RCPT" in screen


def test_a_number_goes_to_its_step_and_is_shown(start: Start) -> None:
    terminal = start("replay", "first-mail", "--step")
    terminal.type("1")
    terminal.wait("Go to step 1")
    assert "step 1 of 12" in terminal.text
    terminal.type("2")
    screen = terminal.wait("step 12 of 12")
    assert "Go to step 12" in screen
    terminal.press("enter")
    terminal.wait("(the end; ←: back")
    terminal.type("99")
    terminal.wait("There is no step 99")
    terminal.press("left")
    terminal.wait("step 8 of 12")


def test_something_else_is_typed_and_back_is_where_one_left(start: Start) -> None:
    terminal = start("replay", "first-mail", "--step")
    terminal.type("2b")
    screen = terminal.wait("The recording waits at step 2")
    assert "What if? beside step 2" in screen
    terminal.enter("RCPT TO:<test@hogefuga.com>", "DATA", "b L 3 :back", ".")
    terminal.step(6)
    terminal.enter(":back")
    screen = terminal.wait("Back in the recording, at step 2")
    assert "step 2 of 12" in screen
    terminal.type(" ")
    screen = terminal.step(3)
    assert "> RCPT TO:<test@hogefuga.com>" in screen


@pytest.mark.parametrize("way", ["f8", "ctrl-]"])
def test_there_is_a_way_back_from_inside_a_letter(start: Start, way: str) -> None:
    terminal = start("replay", "first-mail", "--step")
    terminal.type("4b")
    terminal.wait("waits at step 4")
    terminal.enter("To: me")
    terminal.step(5)
    terminal.press(way)
    if way == "ctrl-]":
        terminal.enter("back")
    terminal.wait("Back in the recording, at step 4")
    terminal.press("ctrl-d")
    terminal.wait("[y/n]")
    terminal.type("y")
    assert terminal.ended() == 0


@pytest.mark.parametrize(("columns", "rows"), [(120, 36), (80, 24), (60, 20)])
def test_the_large_room_shows_what_changed_alone(start: Start, columns: int, rows: int) -> None:
    terminal = start("replay", "first-mail", "--step", "--large", columns=columns, rows=rows)
    terminal.type("3")
    terminal.wait("▸✓ RCPT TO")
    assert "HELO" not in terminal.text
    assert "── SPF" not in terminal.text
    row = next(number for number, line in enumerate(terminal.text.splitlines()) if "RCPT TO " in line)
    assert all(cell.bold for cell in terminal.screen.buffer[row].values() if cell.data not in (" ", ""))
    terminal.type("L")
    terminal.wait("HELO")
    terminal.type("L")
    terminal.wait(lambda text: "HELO" not in text)


def test_a_line_is_typed_by_itself(start: Start) -> None:
    terminal = start("replay", "first-mail", "--step", "--speed", "1")
    terminal.type(" ")
    terminal.wait(lambda text: "1 > HELO" in text and "Space: next" not in text)
    screen = terminal.wait("250 Hello smtp.example.com")
    assert "step 1 of 12" in screen


@pytest.mark.parametrize(("key", "status"), [("q", 0), ("\x03", 130)])
def test_a_loop_begins_again_and_ends_at_a_key(start: Start, key: str, status: int) -> None:
    terminal = start("replay", "first-mail", "spf-fail", "--step", "--loop", "--speed", FAST)
    terminal.wait("SPF: fail, refused")
    terminal.wait("The first mail")
    terminal.wait("221")
    terminal.type(key)
    assert terminal.ended() == status


def test_a_replay_without_steps_is_typed_and_says_the_same(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "replay", "first-mail", "--speed", "50", columns=80, rows=50)
    assert terminal.ended() == 0
    assert "220 Connected\n> HELO cgi.example.com\n250 Hello smtp.example.com\n> MAIL" in terminal.text
    assert (
        "> Subject: Test mail\n>\n> This is a test mail, typed by hand.\n>\n> .\n250 okay\n> QUIT\n221 bye."
        in terminal.text
    )


def test_only_what_is_typed_is_kept_on_disk(start: Start, tmp_path: Path) -> None:
    terminal = start("replay", "first-mail", "--step")
    terminal.type("  ")
    terminal.step(2)
    assert not list(tmp_path.glob("*/session-*"))
    terminal.enter("NOOP")
    terminal.step(3)
    (journal,) = tmp_path.glob("*/session-*")
    assert "> NOOP" in journal.read_text()


def test_a_loop_is_held_and_goes_on(start: Start) -> None:
    terminal = start("replay", "first-mail", "--step", "--loop", "--speed", "0.01")
    terminal.type("p")
    terminal.wait("(held: p goes on")
    terminal.type("  ")
    terminal.wait("step 1 of 12")
    terminal.type("p")
    terminal.wait("(plays by itself")
    terminal.type("q")
    assert terminal.ended() == 0
