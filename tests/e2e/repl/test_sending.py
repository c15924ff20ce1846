"""A sending service in a real terminal: what it writes, counts and holds back."""

from __future__ import annotations

from base64 import b64encode

import pytest

from tests.e2e.repl.conftest import Start
from tests.e2e.repl.terminal import Terminal

SES = "email-smtp.ap-northeast-1.amazonses.com"
LOGIN = "AUTH PLAIN " + b64encode(b"\0info@bookshop.example\0example").decode()
LETTER = ("DATA", "From: info@bookshop.example", "Subject: hello", "", "text", ".")
MAIL = ("MAIL FROM:<info@bookshop.example>", "RCPT TO:<nobody@hogefuga.com>", *LETTER)


def at_service(start: Start, columns: int, rows: int, *more: str) -> Terminal:
    terminal = start("--host", SES, "--client-ip", "203.0.113.110", *more, columns=columns, rows=rows)
    lines = ("EHLO mx.bookshop.example", LOGIN, *MAIL)
    terminal.enter(*lines)
    terminal.step(len(lines))
    return terminal


def test_the_panel_shows_the_sender_that_the_service_writes(start: Start) -> None:
    terminal = at_service(start, 120, 36)
    screen = terminal.wait("── Sending service ─")
    assert "0106019d-gz6xq37n-000000@ap-northeast-1" in screen
    assert "100 % (1 of 1)" in screen.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("columns", "rows"), [(120, 36), (80, 24)])
def test_the_lists_and_the_meters_are_pages(start: Start, columns: int, rows: int) -> None:
    terminal = at_service(start, columns, rows)
    terminal.enter(":suppression")
    terminal.wait("a mail of bookshop")
    terminal.enter(":reputation bookshop")
    terminal.wait("■■■■■|■■■■|■■■■■■■■■")
    terminal.press("esc")
    terminal.enter(":suppression remove nobody@hogefuga.com")
    terminal.wait("nobody is on a list")


def test_in_japanese(start: Start) -> None:
    terminal = at_service(start, 120, 36, "--lang", "ja")
    terminal.enter(":suppression mode vendor")
    terminal.wait("Amazon の現在の説明どおり")
