"""Bodies: as they are where SMTP carries them so, encoded where not, and decoded to the same text."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.body import Body, written

NOTHING: frozenset[str] = frozenset()
EIGHT = frozenset({"8BITMIME"})

ENCODINGS = [
    ("hello", EIGHT, ""),
    ("", EIGHT, ""),
    ("x" * 998, NOTHING, ""),
    ("x" * 999, NOTHING, "quoted-printable"),
    ("\x1b[31m", EIGHT, "quoted-printable"),
    ("a\0b", EIGHT, "quoted-printable"),
    ("こんにちは", EIGHT, "8bit"),
    ("こんにちは", NOTHING, "base64"),
    ("あ" * 400, EIGHT, "base64"),
    ("こん\x1b", EIGHT, "base64"),
]


@pytest.mark.parametrize(("text", "offered", "encoding"), ENCODINGS)
def test_how_a_body_is_written(text: str, offered: frozenset[str], encoding: str) -> None:
    fields = written(text, offered).fields
    assert fields[-1:] == ((f"Content-Transfer-Encoding: {encoding}",) if encoding else ())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\nb\n", (b"a", b"b")),
        ("a\r\nb\rc", (b"a", b"b", b"c")),
        ("", ()),
        ("\n", (b"",)),
        ("a\n\n", (b"a", b"")),
        (".", (b".",)),
    ],
)
def test_line_ends(text: str, lines: tuple[bytes, ...]) -> None:
    assert written(text, NOTHING) == Body((), lines)


CHARACTERS = st.characters(codec="utf-8", exclude_characters="\r\n") | st.just("\n")


@given(st.text(CHARACTERS), st.sampled_from([NOTHING, EIGHT]))
def test_every_text_is_read_back(text: str, offered: frozenset[str]) -> None:
    body = written(text, offered)
    assert all(len(line) <= 998 and not set(line) & set(b"\0\r\n") for line in body.lines)
    assert "8BITMIME" in offered or all(map(bytes.isascii, body.lines))
    octets = b"\r\n".join([*(field.encode() for field in body.fields), b"", *body.lines, b""])
    mail = message_from_bytes(octets, policy=policy.default)
    assert mail.defects == []
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    read = payload.decode().replace("\r\n", "\n")
    assert read.removesuffix("\n") == text.removesuffix("\n")
