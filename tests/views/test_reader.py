"""One mail as its reader sees it, and as it lies in the mailbox."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, Words, words
from smtpsim.kernel.printable import printable
from smtpsim.session.opened import Opened, open_mail
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.views.sections.reader import MOST_LINES, reader
from smtpsim.views.source import source
from smtpsim.world.model import World
from tests.views.conftest import Said
from tests.views.letters import ASKING, mail

EN = words("en")

SPF_IN_ORDER = ":dns set attacker.example TXT v=spf1 a -all"


def opened(world: World, address: str = "test@hogefuga.com") -> Opened:
    found = open_mail(world, address, "1")
    assert isinstance(found, Opened)
    return found


def row(page: Panel, key: str) -> Row:
    return next(row for section in page.sections for row in section.rows if row.key == key)


def texts(page: Panel) -> list[str]:
    return [text for section in page.sections for row in section.rows for text in (row.label, row.value, row.remark)]


def read(said: Said, *lines: str, address: str = "test@hogefuga.com", say: Words = EN) -> Panel:
    return reader(opened(said(*lines).now.after.world, address), say)


def test_header_and_text_are_decoded(said: Said) -> None:
    header = (
        "Subject: =?utf-8?b?44OG44K544OI?=",
        "From: a@example.com",
        "X-Other: no",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
    )
    page = read(said, *mail(*header, body=("44GT44KT44Gr44Gh44Gv", "Cg==")))
    shown, text, *_ = page.sections
    assert [(one.label, one.value) for one in shown.rows] == [("From", "a@example.com"), ("Subject", "テスト")]
    assert [one.value for one in text.rows] == ["こんにちは"]


def test_text_that_was_html_says_so(said: Said) -> None:
    page = read(said, *mail("Content-Type: text/html", body=("<p>one</p><p>two</p>",)))
    assert page.sections[1].title == "Text, taken from HTML"
    assert [one.value for one in page.sections[1].rows if one.value] == ["one", "two"]


def test_attachments_are_offered(said: Said) -> None:
    body = ("--x", "", "text", "--x", 'Content-Disposition: attachment; filename="a.bin"', "", "12345", "--x--")
    page = read(said, *mail("Content-Type: multipart/mixed; boundary=x", body=body))
    (one,) = page.sections[2].rows
    assert (one.value, one.remark) == ("a.bin", "text/plain, 5 octets")


def test_an_answer_and_a_bounce_have_ways_of_their_own(said: Said) -> None:
    page = read(said, *mail("From: news@example.com", "Reply-To: Carol <carol@example.net>"))
    assert (row(page, "answer").value, row(page, "answer").remark) == ("Carol <carol@example.net>", "by Reply-To")
    assert (row(page, "bounce").value, row(page, "bounce").remark) == ("webmaster@example.com", "by Return-Path")


def test_a_bounce_is_never_bounced_itself(said: Said) -> None:
    failing = mail("Subject: x", to="nobody@hogefuga.com")
    page = read(said, *failing, address="webmaster@example.com")
    assert "null sender" in row(page, "bounce").value
    assert row(page, "answer").value == "Mail Delivery System <MAILER-DAEMON@smtp.example.com>"


def test_a_letter_without_author_gets_no_answer(said: Said) -> None:
    assert "nowhere" in row(read(said, *mail("Subject: x")), "answer").value


def test_a_bcc_recipient_finds_no_trace_of_itself(said: Said) -> None:
    header = ("From: webmaster@example.com", "To: test@hogefuga.com")
    lines = list(mail(*header))
    lines.insert(3, "RCPT TO:<bob@hogefuga.com>")
    for address, mark in (("test@hogefuga.com", Mark.NONE), ("bob@hogefuga.com", Mark.WARN)):
        page = read(said, *lines, address=address)
        assert row(page, "named").mark is mark
        assert address in row(page, "named").value
        lies_there = source(opened(said(*lines).now.after.world, address), EN).sections[-1].rows
        assert not any("bob@" in one.value for one in lies_there)


def test_a_folder_is_no_part_of_the_address_that_the_header_names(said: Said) -> None:
    """Mail in the junk folder is to its owner as mail in the inbox is."""
    junk = ("MAIL FROM:<me@attacker.example>", "RCPT TO:<yuki@bigmail.example>", "DATA")
    letter = ("From: webmaster@example.com", "To: yuki@bigmail.example", "", "x", ".")
    world = said(
        SPF_IN_ORDER, "EHLO host.attacker.example", *junk, *letter, client_ip="203.0.113.66", host="mx.bigmail.example"
    ).now.after.world
    mail = opened(world, "yuki@bigmail.example/Junk")
    for made in (reader(mail, EN), source(mail, EN)):
        assert EN("mail.not-named", address="yuki@bigmail.example") not in texts(made)
        assert not [text for text in texts(made) if text.startswith("Neither To nor Cc")]


def test_a_request_for_a_receipt_is_told_and_how_to_grant_it(said: Said) -> None:
    page = read(said, *mail(ASKING))
    assert (row(page, "receipt").mark, "RFC\u00a08098" in row(page, "receipt").remark) == (Mark.WARN, True)
    assert ":read test@hogefuga.com 1 receipt" in row(page, "how").value
    after = said(*mail(ASKING), ":read test 1 receipt").now.after.world
    assert "has been sent" in row(reader(opened(after), EN), "receipt").value


def test_a_long_mail_is_cut_and_says_so(said: Said) -> None:
    page = read(said, *mail("Subject: x", body=("line",) * (MOST_LINES + 10)))
    assert len(page.sections[1].rows) == MOST_LINES + 1
    assert page.sections[1].rows[-1].value == "and more lines: 10"


def test_the_source_shows_the_way_in_the_order_of_travel(said: Said) -> None:
    page = source(opened(said(*mail("Subject: one", body=("..x", "\x1b[2Jbye"))).now.after.world), EN)
    way, envelope, lines = page.sections
    assert [one.value for one in way.rows] == ["smtp.example.com", "mx.hogefuga.com", "and into the mailbox"]
    assert way.rows[0].remark.startswith("from cgi.example.com [192.0.2.10], SMTP, Wed, 01 Apr 2026")
    assert (envelope.rows[0].label, envelope.rows[0].value) == ("MAIL FROM", "<webmaster@example.com>")
    assert (envelope.rows[1].label, envelope.rows[1].mark) == ("RCPT TO", Mark.WARN)
    shown = [one.value for one in lines.rows]
    assert shown[0] == "Return-Path: <webmaster@example.com>"
    assert shown[-4:] == ["Subject: one", "", ".x", "\N{SYMBOL FOR ESCAPE}[2Jbye"]


@pytest.mark.parametrize("say", [words(lang) for lang in LANGUAGES])
def test_pages_are_safe(said: Said, say: Words) -> None:
    hostile = mail("Subject: \x1b]0;x\x07", "From: \x1b[2J <a@example.com>", "Received: \x1b[1m", body=("\x9b1m",))
    found = opened(said(*hostile).now.after.world)
    for page in (reader(found, say), source(found, say)):
        assert all(text == printable(text) for text in (page.title, *texts(page)))
