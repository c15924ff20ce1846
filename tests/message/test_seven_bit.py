"""8-bit bodies made fit for 7-bit hosts: another reader finds the same content in the same structure."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage, Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.seven_bit import needs_eight_bits, seven_bit

JAPANESE = "日本語の本文\r\n二行目 \r\n"
FRENCH = "Voilà, une ligne.\r\nThe rest is plain ASCII, and stays readable = so.\r\n"


def plain(text: str, more: str = "") -> bytes:
    head = "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n" + more
    return f"{head}Content-Transfer-Encoding: 8bit\r\n\r\n{text}".encode()


def content(octets: bytes) -> list[tuple[str, bytes]]:
    """The type and the decoded body of every part that has no parts, as Python's library reads them."""
    message = message_from_bytes(octets, policy=policy.compat32)
    found = []
    for part in message.walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            found.append((part.get_content_type(), payload))
    return found


@pytest.mark.parametrize(("text", "name"), [(JAPANESE, "base64"), (FRENCH, "quoted-printable")])
def test_a_text_gets_the_shorter_encoding(text: str, name: str) -> None:
    written = seven_bit(plain(text), "mx.here.test")
    assert written is not None
    assert written.isascii()
    assert written.endswith(b"\r\n")
    message = message_from_bytes(written, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == []
    assert message["Subject"] == "x"
    assert message.get_all("Content-Transfer-Encoding") == [name]
    assert message["X-MIME-Autoconverted"] == f"from 8bit to {name} by mx.here.test"
    assert message.get_content() == text


@pytest.mark.parametrize(("body", "charset"), [("Voilà\r\n".encode(), "utf-8"), (b"Voil\xe0\r\n", "unknown-8bit")])
def test_what_says_nothing_of_its_charset(body: bytes, charset: str) -> None:
    """RFC 1428 3; a body that is UTF-8 is called so, for readers that know no unknown charset."""
    written = seven_bit(b"Subject: x\r\n\r\n" + body, "h")
    assert written is not None
    message = message_from_bytes(written, policy=policy.default)
    assert (message["MIME-Version"], message.get_content_charset()) == ("1.0", charset)
    assert content(written) == [("text/plain", body)]


ASCII_PART = b"Content-Type: text/plain\r\n\r\nplain\r\n"
IMAGE = b"Content-Type: image/png\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\x89PNG\r\n\x1a\n\xff"


def multipart(*parts: bytes, kind: bytes = b"mixed", more: bytes = b"") -> bytes:
    inside = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/" + kind + b"; boundary=b\r\n" + more + b"\r\n"
    return head + b"preamble\r\n" + inside + b"--b--\r\nepilogue\r\n"


EIGHT = b"Content-Transfer-Encoding: 8bit\r\n"


def test_the_structure_stays_and_only_what_must_is_encoded() -> None:
    octets = multipart(ASCII_PART, plain(FRENCH), IMAGE, plain(FRENCH), more=EIGHT)
    written = seven_bit(octets, "h")
    assert written is not None
    assert written.isascii()
    assert ASCII_PART in written
    assert content(written) == content(octets)
    message = message_from_bytes(written, policy=policy.default)
    assert message["Content-Transfer-Encoding"] == "7bit"
    encodings = [part["Content-Transfer-Encoding"] for part in message.walk()]
    assert encodings == ["7bit", None, "quoted-printable", "base64", "quoted-printable"]


def test_an_enclosed_message_is_converted_inside() -> None:
    """RFC 2046 5.2.1: the enclosing part itself cannot be encoded."""
    enclosed = b"Content-Type: message/rfc822\r\n" + EIGHT + b"\r\n" + plain(JAPANESE)
    written = seven_bit(b"MIME-Version: 1.0\r\n" + enclosed, "h")
    assert written is not None
    assert written.isascii()
    outer = message_from_bytes(written, policy=policy.default)
    assert outer["Content-Transfer-Encoding"] == "7bit"
    inner = outer.get_payload(0)
    assert isinstance(inner, Message)
    assert inner.get_payload(decode=True) == JAPANESE.encode()


UNTOUCHABLE = {
    "signed": multipart(plain(FRENCH), ASCII_PART, kind=b"signed"),
    "encoded already": plain(FRENCH).replace(b"8bit", b"quoted-printable"),
    "a multipart that nobody can read": plain(FRENCH).replace(b"text/plain", b"multipart/mixed"),
    "a message type": plain(FRENCH).replace(b"text/plain", b"message/delivery-status"),
    "one of several parts": multipart(plain(FRENCH), plain(FRENCH).replace(b"8bit", b"base64")),
}


@pytest.mark.parametrize("octets", UNTOUCHABLE.values(), ids=UNTOUCHABLE)
def test_what_may_not_be_changed(octets: bytes) -> None:
    assert seven_bit(octets, "h") is None


@pytest.mark.parametrize("octets", [b"", b"Subject: x\r\n\r\nhello\r\n"])
def test_ascii_needs_nothing(octets: bytes) -> None:
    assert not needs_eight_bits(octets)
    assert seven_bit(octets, "h") == octets


BODIES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=90)


@given(st.lists(st.lists(BODIES, max_size=4), min_size=1, max_size=4))
def test_any_text_comes_out_as_it_went_in(texts: list[list[str]]) -> None:
    octets = multipart(*(plain("".join(f"{line}\r\n" for line in lines)) for lines in texts))
    written = seven_bit(octets, "h")
    assert written is not None
    assert written.isascii()
    assert [line for line in written.split(b"\r\n") if len(line) > 998] == []
    assert content(written) == content(octets)


@given(st.binary(max_size=200))
def test_any_octets_have_an_answer(octets: bytes) -> None:
    for message in (octets, b"\r\n" + octets, multipart(octets), plain("é").replace("é".encode(), octets)):
        written = seven_bit(message, "h")
        assert written is None or needs_eight_bits(written) is False


HEADER = """\
Subject: Réunion 会議 (重要) at ten
From: "山田 太郎" <taro@example.com>, Ann <ann@example.com>
X-Note: plain
Content-Type: text/plain; charset=utf-8; name="案内.txt"
MIME-Version: 1.0
""".replace("\n", "\r\n")


@pytest.mark.parametrize("body", ["hello\r\n", JAPANESE])
def test_a_header_says_the_same_in_ascii(body: str) -> None:
    written = seven_bit(f"{HEADER}\r\n{body}".encode(), "h")
    assert written is not None
    assert written.isascii()
    message = message_from_bytes(written, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message["Subject"] == "Réunion 会議 (重要) at ten"
    assert [(one.display_name, one.addr_spec) for one in message["From"].addresses] == [
        ("山田 太郎", "taro@example.com"),
        ("Ann", "ann@example.com"),
    ]
    assert message["Content-Type"].params["name"] == "案内.txt"
    assert b"\r\nX-Note: plain\r\n" in written
    assert message.get_content() == body


def test_a_header_of_an_enclosed_message_too() -> None:
    octets = b"MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + f"{HEADER}\r\n{JAPANESE}".encode()
    for outer in (octets, multipart(octets.partition(b"\r\n")[2], plain(FRENCH))):
        written = seven_bit(outer, "h")
        assert written is not None
        assert written.isascii()
        message = message_from_bytes(written, policy=policy.default)
        inner = next(one for one in message.walk() if one["Subject"])
        assert inner["Subject"] == "Réunion 会議 (重要) at ten"


def test_octets_of_no_known_charset_are_kept() -> None:
    written = seven_bit(b"Subject: caf\xe9 x\r\n\r\nhello\r\n", "h")
    assert written == b"Subject: =?unknown-8bit?q?caf=E9?= x\r\n\r\nhello\r\n"
