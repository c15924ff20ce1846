"""A stored mail as its reader sees it: what is shown, where answers go, what is gone, and receipts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.explain import LANGUAGES, words
from smtpsim.message.headers import Field, read_headers
from smtpsim.message.passage import Passage, read_passage
from smtpsim.message.reading import Attachment, Text, read_mail
from smtpsim.message.receipt import RULES, Action, receipt
from smtpsim.message.receipt_setting import Setting

MAIL = """\
Return-Path: <webmaster@example.com>
Received: from smtp.example.com ([192.0.2.25])
\tby mx.hogefuga.com with ESMTP id 11ABC;
\tWed, 01 Apr 2026 09:00:05 +0000
Received: from cgi.example.com ([192.0.2.10])
\tby smtp.example.com with ESMTP id 22ABC;
\tWed, 01 Apr 2026 09:00:00 +0000
From: =?utf-8?b?566h55CG6ICF?= <webmaster@example.com>
To: Test <test@hogefuga.com>
Cc: carol@example.net
Subject: =?utf-8?b?44OG44K544OI?=
Date: Wed, 01 Apr 2026 09:00:00 +0000
Content-Type: text/plain; charset=utf-8

本文です。
二行目。
""".replace("\n", "\r\n").encode()


def mail(*fields: str, body: str = "x") -> bytes:
    return "\r\n".join([*fields, "", body, ""]).encode()


def test_what_is_shown() -> None:
    reading = read_mail(MAIL)
    assert reading.header == (
        Field("From", "管理者 <webmaster@example.com>"),
        Field("To", "Test <test@hogefuga.com>"),
        Field("Cc", "carol@example.net"),
        Field("Date", "Wed, 01 Apr 2026 09:00:00 +0000"),
        Field("Subject", "テスト"),
    )
    assert reading.text == Text("text/plain", ("本文です。", "二行目。"))
    assert reading.attachments == ()


def test_the_way_in_the_order_of_travel() -> None:
    first, second = read_mail(MAIL).way
    assert first == Passage(
        "cgi.example.com", "192.0.2.10", "smtp.example.com", "ESMTP", "22ABC", "Wed, 01 Apr 2026 09:00:00 +0000"
    )
    assert (second.client, second.server) == ("smtp.example.com", "mx.hogefuga.com")


def test_a_bcc_recipient_finds_no_trace_of_itself() -> None:
    reading = read_mail(MAIL)
    assert reading.names("test@hogefuga.com")
    assert reading.names("Carol@EXAMPLE.net")
    assert not reading.names("bob@hogefuga.com")


ANSWERS = [
    (("From: a@x.example",), "From", ["a@x.example"]),
    (("From: a@x.example", "Reply-To: b@x.example, C <c@x.example>"), "Reply-To", ["b@x.example", "c@x.example"]),
    (("From: a@x.example", "Reply-To: "), "From", ["a@x.example"]),
    (("From: a@x.example", "Sender: s@x.example", "Return-Path: <r@x.example>"), "From", ["a@x.example"]),
    (("Subject: x",), "", []),
]


@pytest.mark.parametrize(("fields", "field", "to"), ANSWERS)
def test_where_an_answer_goes(fields: tuple[str, ...], field: str, to: list[str]) -> None:
    answer = read_mail(mail(*fields)).answer
    assert (answer.field, [one.address for one in answer.to]) == (field, to)


BOUNCES = [
    (("Return-Path: <a@x.example>", "From: b@x.example", "Reply-To: c@x.example"), "a@x.example"),
    (("Return-Path: <>", "From: b@x.example"), ""),
    (("From: b@x.example",), None),
    (("Return-Path: <server@x.example>", "Return-Path: <forged@x.example>"), "server@x.example"),
]


@pytest.mark.parametrize(("fields", "to"), BOUNCES)
def test_where_a_bounce_goes(fields: tuple[str, ...], to: str | None) -> None:
    assert read_mail(mail(*fields)).bounce_to == to


def test_attachments_and_html() -> None:
    octets = (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nabc\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>Hello</p><p>you</p>\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--b--\r\n"
    )
    reading = read_mail(octets)
    assert reading.text == Text("text/html", ("Hello", "you"))
    assert reading.attachments == (Attachment("a.txt", "text/plain", 3), Attachment("", "message/rfc822", 15))


def test_a_mail_without_header() -> None:
    reading = read_mail(b"just a line\r\n")
    assert (reading.header, reading.text) == ((), Text("text/plain", ("just a line",)))


def test_a_mail_without_text() -> None:
    assert read_mail(b"Content-Type: image/png\r\n\r\n\x89PNG").text == Text("", ())


PASSAGES = {
    "": Passage("", "", "", "", "", ""),
    "by a.example; now": Passage("", "", "a.example", "", "", "now"),
    "from x ([IPv6:2001:db8::1]) by y with SMTP id 1 for <z@x.example>; d": Passage(
        "x", "2001:db8::1", "y", "SMTP", "1", "d"
    ),
    "from x (from y (by z)) by w; d": Passage("x", "", "w", "", "", "d"),
    "by y with LMTP": Passage("", "", "y", "LMTP", "", ""),
}


@pytest.mark.parametrize(("value", "passage"), PASSAGES.items())
def test_received_fields(value: str, passage: Passage) -> None:
    assert read_passage(value) == passage


ASKED = "Disposition-Notification-To: a@x.example"
RECEIPTS = [
    (("Return-Path: <a@x.example>",), "not-asked"),
    (("Return-Path: <a@x.example>", "Disposition-Notification-To: nobody"), "not-asked"),
    (("Return-Path: <a@x.example>", ASKED), "free"),
    (("Return-Path: <a@X.EXAMPLE>", ASKED), "free"),
    (("Return-Path: <A@x.example>", ASKED), "differs"),
    (("Return-Path: <b@x.example>", ASKED), "differs"),
    (("Return-Path: <>", ASKED), "differs"),
    ((ASKED,), "no-return-path"),
    (("Return-Path: <a@x.example>", f"{ASKED}, b@x.example"), "several"),
    (("Return-Path: <a@x.example>", f"{ASKED}, A <a@x.example>"), "free"),
    (("Return-Path: <a@x.example>", ASKED, "Content-Type: multipart/report; report-type=x; boundary=y"), "report"),
    (("Return-Path: <a@x.example>", ASKED, "Content-Type: message/disposition-notification"), "report"),
    (("Return-Path: <a@x.example>", "Return-Path: <b@x.example>", ASKED), "free"),
]


@pytest.mark.parametrize(("fields", "rule"), RECEIPTS)
def test_rules_of_receipts(fields: tuple[str, ...], rule: str) -> None:
    assert read_mail(mail(*fields)).receipt.rule == rule


def test_never_twice() -> None:
    octets = mail("Return-Path: <a@x.example>", ASKED)
    assert read_mail(octets, receipt_sent=True).receipt.rule == "sent"
    assert not read_mail(octets, receipt_sent=True).receipt.allowed


ACTIONS = {
    "free": (Action.NOTHING, Action.ASK, Action.SEND),
    "differs": (Action.NOTHING, Action.ASK, Action.ASK),
    "several": (Action.NOTHING, Action.ASK, Action.ASK),
    "no-return-path": (Action.NOTHING, Action.ASK, Action.ASK),
    "sent": (Action.NOTHING, Action.NOTHING, Action.NOTHING),
    "report": (Action.NOTHING, Action.NOTHING, Action.NOTHING),
    "not-asked": (Action.NOTHING, Action.NOTHING, Action.NOTHING),
}


@pytest.mark.parametrize("rule", RULES)
def test_what_a_program_does_at_each_setting(rule: str) -> None:
    found = receipt(read_headers([]), False)._replace(rule=rule)
    assert tuple(map(found.action, (Setting.OFF, Setting.ASK, Setting.ON))) == ACTIONS[rule]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_has_words(lang: str) -> None:
    assert all(words(lang).has(f"mail.receipt-{rule}") for rule in RULES)


FIELD_NAMES = st.sampled_from(
    ["From", "To", "Reply-To", "Return-Path", "Received", "Content-Type", "Disposition-Notification-To", "Subject"]
)
ODD_FIELDS = st.lists(st.tuples(FIELD_NAMES, st.text() | st.binary().map(lambda b: b.decode("latin-1"))))


@given(st.binary())
def test_any_octets_can_be_read(octets: bytes) -> None:
    read_mail(octets)


@given(ODD_FIELDS, st.binary())
def test_any_header_can_be_read(fields: list[tuple[str, str]], body: bytes) -> None:
    head = b"".join(f"{name}: {value}\r\n".encode() for name, value in fields)
    reading = read_mail(head + b"\r\n" + body)
    assert all("\n" not in line for line in reading.text.lines)


@pytest.mark.parametrize("name", ["From", "To", "Received", "Disposition-Notification-To", "Content-Type", "Subject"])
@pytest.mark.parametrize("piece", ["(", '"', "<", "=?utf-8?q?", ";", "a=", "=?", "[", "\\", "'"])
def test_fields_that_are_meant_to_break_something(name: str, piece: str) -> None:
    read_mail(f"{name}: {piece * 20_000}\r\n\r\n".encode())
