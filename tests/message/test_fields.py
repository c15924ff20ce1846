"""Header fields as they are written: folded, encoded, and read back by Python's own parser."""

from __future__ import annotations

from email import message_from_string, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.addresses import NamedAddress
from smtpsim.message.encoded_words import encoded_words, readable
from smtpsim.message.fields import WIDTH, address_field, folded, text_field
from smtpsim.message.headers import read_headers


def test_a_short_field_is_one_line() -> None:
    assert text_field("Subject", "hello") == ("Subject: hello",)


def test_a_long_field_is_folded_between_words() -> None:
    lines = text_field("Subject", "word " * 40)
    assert len(lines) == 3
    assert all(len(line) <= WIDTH for line in lines)
    assert all(line.startswith(" ") for line in lines[1:])


def test_a_list_of_recipients_is_folded() -> None:
    lines = address_field("To", [NamedAddress("", f"someone{number}@x.example") for number in range(50)])
    assert all(len(line) <= WIDTH for line in lines)
    assert " ".join(line.strip() for line in lines).count("@") == 50


def test_japanese_becomes_encoded_words() -> None:
    (line,) = text_field("Subject", "テスト")
    assert line == "Subject: =?utf-8?b?44OG44K544OI?="


def test_encoded_words_are_not_too_long() -> None:
    """RFC 2047 2: 75 characters at most, and none that cuts a character in two."""
    words = encoded_words("日本語の長い件名" * 20).split(" ")
    assert len(words) > 5
    for word in words:
        assert len(word) <= 75
        assert readable(word).strip("日本語の長い件名") == ""


@pytest.mark.parametrize("text", ["=?utf-8?q?x?=", "a =?", "x" * 500])
def test_what_would_be_taken_for_something_else_is_encoded(text: str) -> None:
    lines = text_field("Subject", text)
    assert text not in "".join(lines)
    assert readable(read_headers([line.encode() for line in lines]).values("Subject")[0]) == text


VISIBLE = st.characters(exclude_categories=("C", "Z"))
TEXTS = st.text(VISIBLE | st.just(" "), min_size=1).map(lambda text: " ".join(text.split()))


@given(TEXTS)
def test_every_text_is_read_back(text: str) -> None:
    lines = text_field("Subject", text)
    assert all(line.isascii() and line.strip() and len(line) <= 998 for line in lines)
    mail = message_from_string("\n".join(lines) + "\n\n", policy=policy.default)
    assert readable(read_headers([line.encode() for line in lines]).values("Subject")[0]) == text
    assert str(mail["Subject"]) == text


def test_a_word_that_is_too_long_stays_whole() -> None:
    word = "<" + "x" * 100 + "@x.example>"
    assert folded("Message-ID", word) == ("Message-ID:", f" {word}")
