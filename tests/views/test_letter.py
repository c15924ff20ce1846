"""The letter's rows: the header as typed, and what differs from the envelope."""

from __future__ import annotations

import pytest

from smtpsim.views.row import Mark
from tests.views.conftest import Shown

BEGIN = (
    "HELO cgi.example.com",
    "MAIL FROM:<webmaster@example.com>",
    "RCPT TO:<test@hogefuga.com>",
    "RCPT TO:<alice@hogefuga.com>",
    "DATA",
)


def test_nothing_before_data(shown: Shown) -> None:
    assert set(shown("letter", *BEGIN[:-1])) == {"none"}


def test_fields_are_decoded_and_unfolded(shown: Shown) -> None:
    rows = shown("letter", *BEGIN, "Subject: =?utf-8?B?44OG44K544OI?=", " and more")
    assert (rows["field-0"].label, rows["field-0"].value) == ("Subject", "テスト and more")


@pytest.mark.parametrize(
    ("line", "mark", "remark"),
    [
        ("From: webmaster@example.com", Mark.NONE, ""),
        ("From: The Webmaster <WEBMASTER@example.com>", Mark.NONE, ""),
        ("From: boss@example.com", Mark.WARN, "<webmaster@example.com>"),
        ("To: test@hogefuga.com, Alice <alice@hogefuga.com>", Mark.NONE, ""),
        ("To: carol@example.net, test@hogefuga.com", Mark.WARN, "carol@example.net"),
        ("Cc: dave@example.net", Mark.WARN, "dave@example.net"),
        ("Bcc: alice@hogefuga.com", Mark.WARN, "envelope only"),
        ("X-Other: carol@example.net", Mark.NONE, ""),
    ],
)
def test_where_header_and_envelope_differ(shown: Shown, line: str, mark: Mark, remark: str) -> None:
    row = shown("letter", *BEGIN, line)["field-0"]
    assert row.mark is mark
    assert remark in row.remark
    assert bool(row.remark) is bool(remark)


def test_a_recipient_that_no_header_names_is_a_bcc(shown: Shown) -> None:
    typed = (*BEGIN, "From: webmaster@example.com", "To: test@hogefuga.com")
    assert "hidden" not in shown("letter", *typed)
    assert shown("letter", *typed, "")["hidden"].value == "alice@hogefuga.com"
    assert "hidden" not in shown("letter", *typed, "Cc: alice@hogefuga.com", "")


def test_no_headers_at_all(shown: Shown) -> None:
    for lines in (("",), ("just a text",), (".",)):
        rows = shown("letter", *BEGIN, *lines)
        assert ("no-headers" in rows) is (lines != (".",))
        assert "hidden" not in rows


def test_a_header_cut_short_by_a_line_that_is_none(shown: Shown) -> None:
    assert shown("letter", *BEGIN, "From: webmaster@example.com", "no colon")["broken"].mark is Mark.WARN


def test_its_size_is_counted_while_it_is_typed(shown: Shown) -> None:
    assert shown("letter", *BEGIN, "Subject: hi", "", "text")["size"].value == "lines: 3, octets: 21"
    assert "size" not in shown("letter", *BEGIN, "Subject: hi", ".")
