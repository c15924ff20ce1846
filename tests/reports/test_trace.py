"""What servers write above a letter (RFC 5321 4.4, RFC 3848)."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

import pytest

from smtpsim.message.dates import date
from smtpsim.reports.trace import received, return_path, with_protocol

PROTOCOLS = {
    (False, False, False, False): "SMTP",
    (True, False, False, False): "ESMTP",
    (True, False, True, False): "ESMTPS",
    (True, False, False, True): "ESMTPA",
    (True, False, True, True): "ESMTPSA",
    (True, True, False, False): "UTF8SMTP",
    (True, True, True, True): "UTF8SMTPSA",
}


@pytest.mark.parametrize(("given", "word"), PROTOCOLS.items())
def test_the_word_behind_with(given: tuple[bool, bool, bool, bool], word: str) -> None:
    assert with_protocol(*given) == word


@pytest.mark.parametrize(("address", "literal"), [("192.0.2.1", "[192.0.2.1]"), ("2001:db8::1", "[IPv6:2001:db8::1]")])
def test_received(address: str, literal: str) -> None:
    field = received("cgi.example.com", address, "mx.example.net", "ESMTP", "0B", 1_775_034_000)
    assert field == (
        f"Received: from cgi.example.com ({literal})\r\n"
        "\tby mx.example.net with ESMTP id 0B;\r\n"
        "\tWed, 01 Apr 2026 09:00:00 +0000\r\n"
    )
    message = BytesParser(policy=policy.default).parsebytes(field.encode() + b"\r\n")
    assert not message.defects
    assert not message["Received"].defects


@pytest.mark.parametrize(
    ("path", "line"),
    [("a@example.com", "<a@example.com>"), ("", "<>"), ('"a\rBcc: b"@c', '<"a\u240dBcc: b"@c>'), ("名@c", "<名@c>")],
)
def test_return_path_is_one_line(path: str, line: str) -> None:
    assert return_path(path) == f"Return-Path: {line}\r\n"


DATES = {
    0: "Thu, 01 Jan 1970 00:00:00 +0000",
    951_782_400: "Tue, 29 Feb 2000 00:00:00 +0000",
    1_775_034_000: "Wed, 01 Apr 2026 09:00:00 +0000",
    4_102_444_799: "Thu, 31 Dec 2099 23:59:59 +0000",
}


@pytest.mark.parametrize(("seconds", "text"), DATES.items())
def test_dates(seconds: int, text: str) -> None:
    assert date(seconds) == text
