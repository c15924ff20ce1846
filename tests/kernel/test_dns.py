"""Answers of the DNS as values."""

from __future__ import annotations

import pytest

from smtpsim.kernel.dns import MX, Answer, Record, Status, record_text


@pytest.mark.parametrize(
    ("status", "records", "void", "failed"),
    [
        (Status.NOERROR, ("192.0.2.1",), False, False),
        (Status.NOERROR, (), True, False),
        (Status.NXDOMAIN, (), True, False),
        (Status.SERVFAIL, (), False, True),
        (Status.TIMEOUT, (), False, True),
    ],
)
def test_how_a_look_up_ended(status: Status, records: tuple[Record, ...], void: bool, failed: bool) -> None:
    answer = Answer("example.com", "A", status, records)
    assert (answer.void, answer.failed) == (void, failed)


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        (MX(10, "mx.example.com"), "10 mx.example.com"),
        (MX(0, ""), "0 ."),
        (b"v=spf1 -all", "v=spf1 -all"),
        (b"\xc3\xa9\x1b[31m\n", "\\xc3\\xa9␛[31m␊"),
        ("mx\x9b.example", "mx\\x9b.example"),
        (MX(10, "\u202emx.example"), "10 \\u202emx.example"),
    ],
)
def test_a_record_in_one_line(record: Record, text: str) -> None:
    assert record_text(record) == text


def test_exchangers_are_in_order_of_preference() -> None:
    assert sorted([MX(20, "a.example"), MX(10, "b.example")]) == [MX(10, "b.example"), MX(20, "a.example")]
