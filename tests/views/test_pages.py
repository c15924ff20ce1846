"""The pages that open in the panel's place."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, Words, words
from smtpsim.kernel.printable import printable
from smtpsim.session.commands import run
from smtpsim.session.turn import Turn
from smtpsim.views.code import code, last_reply
from smtpsim.views.hop import hop
from smtpsim.views.hosts import hosts
from smtpsim.views.inbox import MOST_LINES, inbox, mail_number, mailboxes, stored_mail
from smtpsim.views.queue import queue
from smtpsim.views.row import Mark, Panel
from tests.views.conftest import Said

EN = words("en")


def values(page: Panel) -> list[str]:
    return [row.value for section in page.sections for row in section.rows]


def mail(subject: str, *body: str) -> tuple[str, ...]:
    begin = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA")
    return (*begin, f"Subject: {subject}", "", *body, ".")


def test_mailboxes_are_counted(said: Said) -> None:
    world = said(*mail("one"), *mail("two")[1:]).now.after.world
    rows = {row.value: row for section in mailboxes(world, EN).sections for row in section.rows}
    assert (rows["test@hogefuga.com"].mark, rows["test@hogefuga.com"].remark) == (Mark.NOTE, "mails: 2")
    assert rows["alice@hogefuga.com"].remark == "mails: 0"


def test_an_inbox_is_newest_first_and_numbered_by_arrival(said: Said) -> None:
    world = said(*mail("one"), *mail("two")[1:]).now.after.world
    (section,) = inbox(world.mailboxes["test@hogefuga.com"], EN).sections
    assert [(row.label, row.value) for row in section.rows] == [("2", "two"), ("1", "one")]
    assert "<webmaster@example.com>" in section.rows[0].remark


def test_an_empty_inbox(said: Said) -> None:
    world = said().now.after.world
    assert values(inbox(world.mailboxes["bob@hogefuga.com"], EN)) == ["No mail yet."]


def test_a_mail_as_it_lies_there(said: Said) -> None:
    mailbox = said(*mail("one", "..x", "\x1b[2Jbye"), *mail("two")[1:]).now.after.world.mailboxes["test@hogefuga.com"]
    first = mail_number(mailbox, 1)
    assert first is not None
    shown = values(stored_mail(mailbox, 1, first, EN))
    assert shown[0] == "Return-Path: <webmaster@example.com>"
    assert shown[-4:] == ["Subject: one", "", ".x", "\N{SYMBOL FOR ESCAPE}[2Jbye"]
    assert mail_number(mailbox, 3) is None
    assert mail_number(mailbox, 0) is None


def test_a_long_mail_is_cut_and_says_so(said: Said) -> None:
    mailbox = said(*mail("one", *["line"] * (MOST_LINES + 10))).now.after.world.mailboxes["test@hogefuga.com"]
    first = mail_number(mailbox, 1)
    assert first is not None
    shown = values(stored_mail(mailbox, 1, first, EN))
    assert len(shown) == MOST_LINES + 1
    assert shown[-1].startswith("and more lines: ")


def test_a_queue(said: Said) -> None:
    assert values(queue(said().now.after.world, EN)) == ["Nothing waits."]
    broken = run(said().now.after, ":dns fail hogefuga.com timeout")
    assert isinstance(broken, Turn)
    simulation = broken.after
    for line in mail("late"):
        simulation = simulation.say(line).after
    (section,) = queue(simulation.world, EN).sections
    (row,) = section.rows
    assert (row.value, row.mark) == ("test@hogefuga.com", Mark.WAIT)
    assert "smtp.example.com" in row.remark
    assert "2026-04-01 09:30:00" in row.remark


def test_a_dialogue_between_servers(said: Said) -> None:
    world = said(*mail("one")).now.after.world
    (section,) = hop(world.hops[1], EN).sections
    said_lines = [(row.label.strip(), row.value) for row in section.rows]
    assert (">", "EHLO smtp.example.com") in said_lines
    assert ("", "250 2.1.5 Recipient ok") in said_lines
    assert (">", "Subject: one") in said_lines
    assert said_lines[-2][1] == "QUIT"


def test_a_refusal_between_servers_is_marked(said: Said) -> None:
    lines = [line.replace("test@", "nobody@") for line in mail("one")]
    (section, *_) = hop(said(*lines).now.after.world.hops[1], EN).sections
    assert [row.value[:3] for row in section.rows if row.mark is Mark.BAD] == ["550"]


def test_hosts_show_who_is_talked_to(said: Said) -> None:
    simulation = said(host="mx.example.net").now.after
    here = [
        section.title for section in hosts(simulation, EN).sections for row in section.rows if row.mark is Mark.GOOD
    ]
    assert here == ["mx.example.net"]


def test_the_last_reply_at_length(said: Said) -> None:
    page = last_reply(said("EHLO cgi.example.com", "MAIL FROM a@b").now, EN)
    shown = values(page)
    assert shown[0].startswith("501 5.5.4 ")
    assert any(text.startswith("column 10: ") for text in shown)
    assert EN("explain.code-501") in shown


@pytest.mark.parametrize(
    ("asked", "key"),
    [("550", "code-550"), ("5.7.1", "subject-7"), ("size", "extension-size"), ("STARTTLS", "extension-starttls")],
)
def test_what_a_code_means(asked: str, key: str) -> None:
    page = code(asked, EN)
    assert page is not None
    assert EN(f"explain.{key}") in values(page)


@pytest.mark.parametrize("asked", ["999", "5.7", "x", "", "550 ", "\x1b"])
def test_what_nobody_knows(asked: str) -> None:
    assert code(asked, EN) is None


@pytest.mark.parametrize("say", [words(lang) for lang in LANGUAGES])
def test_pages_are_safe_and_have_words(said: Said, say: Words) -> None:
    simulation = said(*mail("\x1b]0;x\x07")).now.after
    mailbox = simulation.world.mailboxes["test@hogefuga.com"]
    for page in (inbox(mailbox, say), mailboxes(simulation.world, say), hop(simulation.world.hops[1], say)):
        for text in (page.title, *values(page)):
            assert text == printable(text)
