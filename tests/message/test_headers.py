"""The header as it is typed: a table of lines, and what strangers may put there."""

from __future__ import annotations

from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.encoded_words import readable
from smtpsim.message.headers import LONGEST_VALUE, MOST_FIELDS, NO_HEADERS, Field, Headers, read_headers
from smtpsim.message.mime import opened

LINES: dict[str, tuple[tuple[bytes, ...], Headers]] = {
    "nothing yet": ((), NO_HEADERS),
    "one field": ((b"Subject: x",), Headers((Field("Subject", "x"),))),
    "no space behind the colon": ((b"Subject:x",), Headers((Field("Subject", "x"),))),
    "no value": ((b"Subject:",), Headers((Field("Subject", ""),))),
    "only blanks": ((b"Subject: \t ",), Headers((Field("Subject", ""),))),
    "blanks before the colon (obsolete)": ((b"Subject \t: x",), Headers((Field("Subject", "x"),))),
    "colons in the value": ((b"X-Url: http://a:b",), Headers((Field("X-Url", "http://a:b"),))),
    "odd characters in a name": ((b"!#$%&'*+-/=?^_`{|}~: x",), Headers((Field("!#$%&'*+-/=?^_`{|}~", "x"),))),
    "folded": ((b"Subject: a", b" b", b"\tc"), Headers((Field("Subject", "a b c"),))),
    "folded with many blanks": ((b"Subject: a", b" \t  b"), Headers((Field("Subject", "a b"),))),
    "a line of blanks (obsolete)": ((b"Subject: a", b" ", b" b"), Headers((Field("Subject", "a b"),))),
    "folded behind the colon": ((b"Subject:", b" a"), Headers((Field("Subject", "a"),))),
    "two of a name": ((b"To: a", b"to: b"), Headers((Field("To", "a"), Field("to", "b")))),
    "ended": ((b"To: a", b""), Headers((Field("To", "a"),), ended=True)),
    "the body is not looked at": ((b"To: a", b"", b"Cc: b", b" c"), Headers((Field("To", "a"),), ended=True)),
    "no header at all": ((b"",), Headers(ended=True)),
    "a line without a colon": ((b"To: a", b"Hello", b"Cc: b"), Headers((Field("To", "a"),), True, True)),
    "a text first": ((b"Dear Bob: how are you",), Headers((), True, True)),
    "a blank first": ((b" To: a",), Headers((), True, True)),
    "a colon first": ((b": a",), Headers((), True, True)),
    "a name beyond ASCII": (("件名: a".encode(),), Headers((), True, True)),
    "a name with a control": ((b"Sub\x1bject: a",), Headers((), True, True)),
    "UTF-8": (("Subject: 件名".encode(),), Headers((Field("Subject", "件名"),))),
    "other octets": ((b"Subject: \xff\x80",), Headers((Field("Subject", "\udcff\udc80"),))),
    "an ideographic space at the end": (
        (b"Subject: a", " b\u3000".encode()),
        Headers((Field("Subject", "a b\u3000"),)),
    ),
    "controls in a value": ((b"Subject: \x1b[31m\x00\r",), Headers((Field("Subject", "\x1b[31m\x00\r"),))),
}


@pytest.mark.parametrize(("lines", "expected"), LINES.values(), ids=LINES)
def test_lines(lines: tuple[bytes, ...], expected: Headers) -> None:
    headers = NO_HEADERS
    for line in lines:
        headers = headers.add(line)
    assert headers == expected
    assert read_headers(list(lines)) == expected


def test_values_of_a_name_in_any_case() -> None:
    headers = read_headers([b"To: a", b"TO: b", b"Cc: c"])
    assert headers.values("to") == ("a", "b")
    assert headers.values("Bcc") == ()


def test_a_header_may_be_huge() -> None:
    lines = [b"X: " + b"y" * 100_000, *[b" z" * 1000] * 1000, *[b"A: b"] * 10_000]
    headers = read_headers(lines)
    assert len(headers.fields) == MOST_FIELDS
    assert max(len(field.value) for field in headers.fields) == LONGEST_VALUE
    folded = read_headers([b"X:", *[b" zz"] * 100_000])
    assert len(folded.fields[0].value) == LONGEST_VALUE


WORDS = {
    "": "",
    "plain": "plain",
    "=?": "=?",
    "a =?b": "a =?b",
    "=?utf-8?q?caf=C3=A9?=": "café",
    "=?UTF-8?Q?a_b=20c?=": "a b c",
    "=?utf-8?B?44OG44K544OI?=": "テスト",
    "=?utf-8?b?44OG44K544OI?= <a@b>": "テスト <a@b>",
    "before =?utf-8?q?in?= after": "before in after",
    "=?utf-8?q?a?= =?utf-8?q?b?=": "ab",
    "=?utf-8?q?a?= \t =?utf-8?q?b?=": "ab",
    "=?utf-8?q?a?= x =?utf-8?q?b?=": "a x b",
    "=?utf-8?q?a?=\u3000=?utf-8?q?b?=": "a\u3000b",
    "=?utf-8?q?a?= =?iso-8859-1?q?=E9?=": "aé",
    "=?utf-8*en?q?a?=": "a",
    "=?utf-8*ja-JP?b?44OG?=": "テ",
    "=?iso-2022-jp?b?GyRCJUYlOSVIGyhC?=": "テスト",
    "=?ISO-2022-JP?B?GyRCJUYbKEI=?= =?ISO-2022-JP?B?GyRCJTkbKEI=?=": "テス",
    "=?iso-2022-jp?q?=1B$B%F%9%H=1B(B?=": "テスト",
    "=?shift_jis?b?g2WDWINn?=": "テスト",
    "=?euc-jp?b?pcaluaXI?=": "テスト",
    "=?us-ascii?b?GyRCJUYlOSVIGyhC?=": "テスト",
    # a character cut in two between words
    "=?utf-8?b?44M=?= =?utf-8?b?hg==?=": "テ",
    "=?utf-8?q?=E3=83?= =?utf-8?q?=86?=": "テ",
    # blanks in the text, which many programs leave in
    "=?utf-8?q?a b?=": "a b",
    # broken
    "=?utf-8?q?a": "=?utf-8?q?a",
    "=?utf-8?x?a?=": "=?utf-8?x?a?=",
    "=?utf-8?b?a?=": "=?utf-8?b?a?=",
    "=?utf-8?b?44OG?= =?utf-8?b?a?= =?utf-8?b?44OG?=": "テ=?utf-8?b?a?=テ",
    "=??q?a?=": "=??q?a?=",
    "=?utf-8?b?44OG44K544OI": "=?utf-8?b?44OG44K544OI",
    "=?utf-8?b?44O?=": "\ufffd",
    "=?utf-8?b?44OG44K544O?=": "テス\ufffd",
    "=?utf-8?q?=FF?=": "\ufffd",
    "=?utf-8?q?=ZZ?=": "=ZZ",
    "=?nosuch?q?caf=C3=A9?=": "café",
    "=?rot13?q?nop?=": "nop",
    "=?unicode_escape?q?=5Cu0041?=": "\\u0041",
    "=?idna?q?xn--a?=": "xn--a",
    "=?é?q?a?=": "a",
    "=?a\x00b?q?a?=": "a",
    "=?utf-8?q?a=0D=0ABcc:_b?=": "a\r\nBcc: b",
}


@pytest.mark.parametrize(("value", "text"), WORDS.items())
def test_encoded_words(value: str, text: str) -> None:
    assert readable(value) == text


PIECES = st.lists(
    st.sampled_from(
        (
            "=?",
            "?=",
            "?",
            "=",
            "utf-8",
            "iso-2022-jp",
            "q",
            "B",
            "_",
            " ",
            "\t",
            "=1B",
            "$B",
            "44OG",
            "GyRC",
            "a",
            "é",
            "\udcff",
            "\x00",
        )
    ),
    max_size=30,
).map("".join)


@given(st.one_of(st.text(), PIECES))
def test_reading_never_fails(value: str) -> None:
    assert isinstance(readable(value), str)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))), st.sampled_from(("utf-8", "iso-2022-jp")))
def test_what_others_encode_is_read_back(text: str, charset: str) -> None:
    from email.header import Header

    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return
    value = Header(text, charset).encode(linesep="").replace("\n", " ")
    assert readable(value) == str(make_header(decode_header(value)))


@given(st.lists(st.binary(max_size=60)))
def test_any_lines_are_a_header(lines: list[bytes]) -> None:
    headers = read_headers(lines)
    assert headers.broken <= headers.ended
    for field in headers.fields:
        assert field.name.isascii()
        assert field.name.isprintable()
        assert isinstance(readable(field.value), str)


LINE = st.sampled_from(
    (
        b"A: b",
        b"B:c ",
        b"A :",
        b" folded",
        b"\t",
        b"  ",
        b" \t x ",
        b"A: \xff",
        "Ä: x".encode(),
        b"no field",
        b"\xe3\x81",
    )
)


@given(st.lists(LINE, max_size=12), st.sampled_from((b"\r\n", b"\n")))
def test_a_header_as_octets_is_read_as_line_by_line(lines: list[bytes], end: bytes) -> None:
    octets = b"".join(line + end for line in lines)
    assert opened(octets).headers.fields == read_headers(lines).fields
    whole = opened(octets + end + b"X: body").headers
    assert whole == read_headers([*lines, b"", b"X: body"])._replace(skipped=0)


def test_a_long_header_as_octets_is_no_trouble() -> None:
    folded = opened(b"X:" + b"\r\n z" * 200_000 + b"\r\n" + b"A: b\r\n" * 10_000).headers
    assert len(folded.fields[0].value) == LONGEST_VALUE
    assert len(folded.fields) == MOST_FIELDS
