"""Mailboxes at the full screen: what is shown, what is asked, and what becomes a step of the session."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest

from smtpsim.app.tui import actions
from smtpsim.app.tui.state import State
from tests.app.tui.conftest import Begin

LETTER = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA")
ASKING = (*LETTER, "Subject: asked", "Disposition-Notification-To: webmaster@example.com", "", "Hello.", ".")
STEPS = len(ASKING)


def shown(state: State) -> str:
    assert state.page is not None
    return "\n".join(f"{row.value} {row.remark}" for section in state.page.sections for row in section.rows)


@pytest.mark.parametrize("order", [":dmarc", ":inbox", ":spf", ":hosts"])
def test_a_page_takes_the_place_of_what_was_said_before(begin: Begin, order: str) -> None:
    state = begin("HELO cgi.example.com", order)
    assert state.message is not None
    assert state.message.value == state.words("command.looked")
    actions.back(state)
    assert state.message is None


@pytest.mark.parametrize(
    ("order", "text"),
    [
        (":spf 203.0.113.66 ann@example.com", "fail"),
        (":spf 192.0.2.10 ann@example.com", "pass"),
        (":spf 192.0.2.10 <> cgi.example.com", "pass"),
        (":inbox", "mails: 1"),
        (":inbox test", "asked"),
        (":inbox TEST@hogefuga.com 1", "Hello."),
        (":inbox test 1", "by Return-Path"),
        (":inbox test 1 source", "Return-Path: <webmaster@example.com>"),
    ],
)
def test_looking_is_no_step(begin: Begin, order: str, text: str) -> None:
    state = begin(*ASKING, order)
    assert text in shown(state)
    assert state.now.number == STEPS


@pytest.mark.parametrize(
    "order", [":inbox test 2", ":inbox nobody 1", ":inbox test 1 sauce", ":inbox test 1 source more", ":read test"]
)
def test_what_cannot_be_shown(begin: Begin, order: str) -> None:
    state = begin(*ASKING, order)
    assert state.message is not None
    assert (state.page, state.now.number) == (None, STEPS)


def test_off_opens_the_mail_and_says_what_was_asked(begin: Begin) -> None:
    state = begin(*ASKING, ":inbox test 1")
    assert "webmaster@example.com asks for a read receipt" in shown(state)
    assert ":read test@hogefuga.com 1 receipt" in shown(state)
    assert state.ask is None


@pytest.mark.parametrize(("yes", "sent"), [(True, 1), (False, 0)])
def test_ask_opens_the_mail_in_either_case(begin: Begin, yes: bool, sent: int) -> None:
    state = begin(*ASKING, ":receipts ask", ":inbox test 1")
    assert "Hello." in shown(state)
    assert state.ask is not None
    assert "webmaster@example.com" in state.ask.text
    actions.answer(state, yes)
    assert "Hello." in shown(state)
    assert state.simulation.world.mailboxes["webmaster@example.com"].length == sent
    assert state.now.line == (":read test@hogefuga.com 1 receipt" if yes else ":receipts ask")


def test_on_sends_once_and_the_step_can_be_undone(begin: Begin) -> None:
    state = begin(*ASKING, ":receipts on", ":inbox test 1")
    assert state.now.line == ":read test@hogefuga.com 1"
    assert "has been sent" in shown(state)
    actions.send(state, (":inbox test 1",))
    assert state.simulation.world.mailboxes["webmaster@example.com"].length == 1
    actions.send(state, (":undo",))
    assert state.simulation.world.mailboxes["webmaster@example.com"].length == 0


def test_reading_as_a_step_shows_the_mail_in_the_panel(begin: Begin) -> None:
    state = begin(*ASKING, ":read test 1")
    assert (state.now.line, state.now.number, state.page) == (":read test 1", STEPS + 1, None)
    keys = [section.key for section in state.panel.sections]
    assert keys == ["mail-header", "mail-text", "mail-ways", "mail-envelope", "outcome"]
    assert all(section.digest.value for section in state.panel.sections)


def test_a_mailbox_is_written_as_files(begin: Begin, tmp_path: Path) -> None:
    file, folder = tmp_path / "test.mbox", tmp_path / "maildir"
    state = begin(*ASKING, f":export test {file}", f":export test@hogefuga.com {folder}/")
    assert state.message is not None
    assert state.message.value == f"Mails written to {folder}/: 1"
    box = mailbox.mbox(file, create=False)
    assert [mail["Subject"] for mail in box] == ["asked"]
    box.close()
    assert len(mailbox.Maildir(folder, create=False)) == 1


def test_a_file_that_is_there_is_asked_about(begin: Begin, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.write_text("mine")
    state = begin(*ASKING, f":export test {file}")
    assert file.read_text() == "mine"
    actions.answer(state, yes=True)
    assert file.read_text().startswith("From webmaster@example.com")


@pytest.mark.parametrize("order", [":export", ":export test", ":export nobody x", ":export test /nowhere/at/all"])
def test_what_cannot_be_written(begin: Begin, order: str) -> None:
    state = begin(*ASKING, order)
    assert state.message is not None
    assert (state.ask, state.now.number) == (None, STEPS)
