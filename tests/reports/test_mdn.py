"""Read receipts: the letter that is sent, and that nobody can be answered twice or in circles."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.addresses import NamedAddress
from smtpsim.message.reading import read_mail
from smtpsim.reports.mdn import MODES, Notice, Occasion, disposition_notification

READER = NamedAddress("Test", "test@hogefuga.com")
NOTICE = Notice("Read:", "The mail was displayed.\n")

ORIGINAL = """\
Return-Path: <webmaster@example.com>
Received: from x ([192.0.2.1])
\tby y with SMTP id z; Wed, 01 Apr 2026 09:00:00 +0000
From: webmaster@example.com
To: test@hogefuga.com
Subject: =?utf-8?b?44OG44K544OI?=
Message-ID: <1@example.com>
Original-Recipient: rfc822;tester@hogefuga.com
Disposition-Notification-To: Web <webmaster@example.com>

secret text
""".replace("\n", "\r\n").encode()


def receipt_for(original: bytes, reader: NamedAddress = READER, mode: str = "manual", notice: Notice = NOTICE) -> bytes:
    occasion = Occasion(reader, original, mode, "abc", 1_775_034_000)
    return disposition_notification(occasion, read_mail(original).receipt.asked_by, notice)


def parsed(octets: bytes) -> EmailMessage:
    mail = message_from_bytes(octets, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    for part in mail.walk():
        assert part.defects == []
    return mail


def test_the_header() -> None:
    mail = parsed(receipt_for(ORIGINAL))
    assert mail["From"] == "Test <test@hogefuga.com>"
    assert mail["To"] == "Web <webmaster@example.com>"
    assert mail["Subject"] == "Read: テスト"
    assert mail["Date"] == "Wed, 01 Apr 2026 09:00:00 +0000"
    assert mail["Message-ID"] == "<abc@hogefuga.com>"
    assert mail["In-Reply-To"] == mail["References"] == "<1@example.com>"
    assert mail.get_content_type() == "multipart/report"
    assert mail.get_param("report-type") == "disposition-notification"


def test_the_parts() -> None:
    notice, disposition, header = parsed(receipt_for(ORIGINAL)).iter_parts()
    assert isinstance(notice, EmailMessage)
    assert notice.get_content() == "The mail was displayed.\r\n"
    assert disposition.get_content_type() == "message/disposition-notification"
    (fields,) = disposition.iter_parts()
    assert fields.items() == [
        ("Original-Recipient", "rfc822;tester@hogefuga.com"),
        ("Final-Recipient", "rfc822; test@hogefuga.com"),
        ("Original-Message-ID", "<1@example.com>"),
        ("Disposition", "manual-action/MDN-sent-manually; displayed"),
    ]
    assert header.get_content_type() == "text/rfc822-headers"
    assert "Message-ID: <1@example.com>\r\n" in header.get_content()


def test_the_text_of_the_mail_stays_where_it_is() -> None:
    assert b"secret" not in receipt_for(ORIGINAL)


def test_what_is_not_known_is_left_out() -> None:
    original = b"Return-Path: <a@x.example>\r\nDisposition-Notification-To: a@x.example\r\n\r\nx\r\n"
    octets = receipt_for(original)
    for field in (b"Original-Recipient", b"Original-Message-ID", b"In-Reply-To", b"References"):
        assert field not in octets
    assert parsed(octets)["Subject"] == "Read:"


@pytest.mark.parametrize("mode", MODES)
def test_by_hand_or_by_itself(mode: str) -> None:
    octets = receipt_for(ORIGINAL, mode=mode)
    assert f"manual-action/{MODES[mode]}; displayed".encode() in octets
    assert (parsed(octets)["Auto-Submitted"] is not None) == (mode == "automatic")


def test_in_japanese() -> None:
    notice = Notice("開封通知:", "表示されました。\n")
    mail = parsed(receipt_for(ORIGINAL, notice=notice))
    assert mail["Subject"] == "開封通知: テスト"
    text = next(mail.iter_parts())
    assert isinstance(text, EmailMessage)
    assert text.get_content() == "表示されました。\r\n"


def test_addresses_beyond_ascii() -> None:
    """RFC 6533: other types, and UTF-8 in the header."""
    original = ORIGINAL.replace(b"To: test@hogefuga.com", "To: 管理者@hogefuga.com".encode())
    octets = receipt_for(original, NamedAddress("", "管理者@hogefuga.com"))
    assert b"Content-Type: message/global-disposition-notification" in octets
    assert "Final-Recipient: utf-8; 管理者@hogefuga.com".encode() in octets
    assert b"Content-Type: message/global-headers" in octets
    parsed(octets)


def test_a_receipt_is_never_answered_by_another() -> None:
    octets = b"Return-Path: <>\r\n" + receipt_for(ORIGINAL)
    assert read_mail(octets).receipt.rule == "not-asked"
    asking = b"Return-Path: <a@x.example>\r\nDisposition-Notification-To: a@x.example\r\n" + receipt_for(ORIGINAL)
    assert read_mail(asking).receipt.rule == "report"


def test_our_own_reader_shows_the_notice() -> None:
    reading = read_mail(receipt_for(ORIGINAL))
    assert reading.text.lines == ("The mail was displayed.",)
    assert [part.kind for part in reading.attachments] == ["message/disposition-notification", "text/rfc822-headers"]


@pytest.mark.parametrize(
    "field",
    [
        b"Subject: =?utf-8?q?x=0D=0ABcc:_victim=40x.example?=",
        b"Message-ID: <x>\x0bBcc: victim@x.example",
        b"Subject: \x1b[2J",
        b"Subject: \xff\xfe",
        b'Disposition-Notification-To: "\xff" <b@x.example>',
    ],
)
def test_the_original_adds_no_headers(field: bytes) -> None:
    original = b"Return-Path: <a@x.example>\r\nDisposition-Notification-To: a@x.example\r\n" + field + b"\r\n\r\nx\r\n"
    head = receipt_for(original).partition(b"\r\n\r\n")[0]
    assert b"\r\nBcc:" not in head
    assert not set(head) & {0x1B, 0x0B, 0xFF}


@given(st.binary())
def test_any_mail_can_be_answered(octets: bytes) -> None:
    original = b"Return-Path: <a@x.example>\r\nDisposition-Notification-To: a@x.example\r\n" + octets
    letter = receipt_for(original)
    assert letter.endswith(b"--\r\n")
    assert b"\r\nFinal-Recipient: rfc822; test@hogefuga.com\r\n" in letter
