"""The outcome's rows: each recipient's fate, bounces, and what the mailboxes hold."""

from __future__ import annotations

from smtpsim.views.row import Mark
from tests.views.conftest import Said, Shown, section_of

BEGIN = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>")


def test_none_yet(shown: Shown) -> None:
    assert set(shown("outcome", *BEGIN, "RCPT TO:<test@hogefuga.com>")) == {"none"}


def test_a_refusal_is_an_outcome(shown: Shown) -> None:
    rows = shown("outcome", *BEGIN, "RCPT TO:<nobody@example.com>")
    assert [row.mark for row in rows.values()] == [Mark.BAD]


def test_delivery_shows_the_mailbox(shown: Shown) -> None:
    lines = ("RCPT TO:<test@hogefuga.com>", "DATA", "Subject: =?utf-8?B?44OG44K544OI?=", ".")
    rows = shown("outcome", *BEGIN, *lines)
    mailbox = rows["mailbox-test@hogefuga.com"]
    assert mailbox.value == "test@hogefuga.com holds 1, the newest: テスト"
    assert mailbox.depth == 1
    assert ":hop 1" in next(iter(rows.values())).remark


def test_a_bounce_stands_below_what_it_tells_of(said: Said) -> None:
    timeline = said(*BEGIN, "RCPT TO:<nobody@hogefuga.com>", "DATA", "Subject: x", ".")
    section = section_of(timeline, "outcome")
    failed, bounce, mailbox = section.rows
    assert (failed.mark, bounce.depth) == (Mark.BAD, 1)
    assert "webmaster@example.com" in bounce.value
    assert mailbox.key == "mailbox-webmaster@example.com"
    assert section.digest.value == "bounced 1"
    assert section.digest.mark is Mark.BAD


def test_the_next_mail_begins_with_none(shown: Shown) -> None:
    lines = (*BEGIN, "RCPT TO:<test@hogefuga.com>", "DATA", ".", "MAIL FROM:<webmaster@example.com>")
    assert set(shown("outcome", *lines)) == {"none"}
