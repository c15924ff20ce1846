"""A mail typed, pasted and completed."""

from __future__ import annotations

import re

from tests.e2e.repl.conftest import MISSION, Start


def test_the_whole_dialogue(start: Start) -> None:
    terminal = start()
    terminal.enter(*MISSION)
    screen = terminal.step(12)
    for said in ("250 Hello smtp.example.com", "354 Start mail input", "221 bye.", "Connection closed."):
        assert said in screen
    assert "✓ RCPT TO    <test@hogefuga.com>  delivered" in screen
    assert "pass  example.com" in screen
    assert "test@hogefuga.com holds 1, the newest: テストメ" in screen


def test_japanese(start: Start) -> None:
    terminal = start(LANG="ja_JP.UTF-8")
    terminal.enter(*MISSION)
    screen = terminal.step(12)
    assert "エンベロープ" in screen
    divider = next(column for column in range(120) if terminal.cell(column, 1) == "│")
    assert {terminal.cell(divider, row) for row in range(1, 30)} == {"│"}


def test_a_message_pasted_into_data(start: Start) -> None:
    terminal = start()
    terminal.enter(*MISSION[:4])
    terminal.step(4)
    terminal.paste("From: a@example.com\r\nTo: b@example.net\r\n\r\nHello\r\n..dots\r\n.\r\nQU")
    screen = terminal.step(10)
    assert "8 │ Hello" in screen
    terminal.wait("11 > QU")


def test_a_paste_goes_on_with_what_was_typed(start: Start) -> None:
    terminal = start()
    terminal.type("HELO ")
    terminal.paste("cgi.example.com\nMAIL FROM:<a@example.com>\n")
    terminal.step(2)


def test_completion_and_hint(start: Start) -> None:
    terminal = start()
    terminal.enter("HELO cgi.example.com")
    terminal.step(1)
    terminal.type("MAIL FROM:<web")
    terminal.press("tab")
    terminal.wait("2 > MAIL FROM:<webmaster@example.com>")
    terminal.press("enter")
    terminal.step(2)
    terminal.press("right")
    terminal.press("enter")
    terminal.step(3)


def test_what_strangers_write_is_no_control_sequence(start: Start) -> None:
    terminal = start()
    terminal.enter("HELO cgi.example.com")
    terminal.step(1)
    terminal.paste("MAIL FROM:<\x1b]0;owned\x07\x9b31m@example.com>\n")
    terminal.step(2)
    assert b"\x1b]0;owned" not in terminal.raw
    assert "␛]0;owned␇" in terminal.text


def test_octets_that_are_not_utf8(start: Start) -> None:
    terminal = start()
    terminal.child.send(b"HELO caf\xe9\r")
    terminal.step(1)
    assert "\\xe9" in terminal.text


def test_without_colour(start: Start) -> None:
    terminal = start(NO_COLOR="1")
    terminal.enter("HELO cgi.example.com", "RCPT TO:<x@y>")
    terminal.step(2)
    assert "✗ 503" in terminal.text
    colours = re.findall(rb"\x1b\[[0-9;]*m", terminal.raw)
    assert not [code for code in colours if re.search(rb"(?:[\[;])(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;m])", code)]
