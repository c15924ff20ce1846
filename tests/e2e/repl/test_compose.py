"""A mail is written and read in a real terminal."""

from __future__ import annotations

import pytest

from tests.e2e.repl.conftest import Start


def test_a_mail_from_the_form_to_the_reader(start: Start) -> None:
    terminal = start()
    terminal.enter(":compose")
    terminal.wait("What the program will say")
    terminal.type("te")
    terminal.wait("test@hogefuga.com")
    terminal.press("right", "tab", "tab")
    terminal.type("bob@hogefuga.com")
    terminal.press("down", "down")
    terminal.type("テスト\rこんにちは。\r..")
    screen = terminal.wait("│  ...")
    assert "RCPT TO:<bob@hogefuga.com>" in screen
    assert "Subject: =?utf-8?b?" in screen
    terminal.press("tab", "space")
    terminal.wait("Disposition-Notification-To:")
    terminal.press("f5")
    terminal.wait("delivered")
    terminal.enter(":inbox bob 1")
    screen = terminal.wait("Neither To nor Cc names")
    assert "Subject  テスト" in screen
    assert "RCPT TO" not in screen.split("bob@hogefuga.com, mail 1")[1].split("│")[0]


def test_the_form_is_put_away_and_comes_back(start: Start) -> None:
    terminal = start()
    terminal.enter(":compose")
    terminal.wait("What the program will say")
    terminal.type("bob")
    terminal.press("f5")
    terminal.wait("the @ and a domain are missing")
    terminal.press("esc")
    terminal.wait("The form is put away")
    terminal.enter("HELO a")
    terminal.step(1)
    terminal.enter(":compose")
    terminal.wait("To        bob")


@pytest.mark.parametrize(("columns", "rows"), [(120, 36), (100, 30), (80, 24), (60, 14), (40, 12)])
def test_the_form_fits(start: Start, columns: int, rows: int) -> None:
    terminal = start(columns=columns, rows=rows)
    terminal.enter(":compose")
    screen = terminal.wait(lambda text: "F5" in text.splitlines()[-1])
    assert "From      newsletter@example.com" in screen
    assert "Reply-To" in screen


def test_a_receipt_is_asked_about(start: Start) -> None:
    terminal = start("--lang", "ja")
    terminal.enter(":compose from=webmaster@example.com to=test@hogefuga.com subject=x receipt", ":receipts ask")
    terminal.wait("この設定に従います")
    terminal.enter(":inbox test 1")
    terminal.wait("webmaster@example.com が開封確認を求めています。送りますか？")
    terminal.type("y")
    terminal.wait("開封確認をヌルセンダーで webmaster@example.com に送りました")
    terminal.enter(":inbox webmaster 1")
    terminal.wait("開封確認: x")
