"""MIME parts and addresses against Python's email library, as an independent reader."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message
from email.utils import getaddresses
from hashlib import md5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.encoded_words import readable
from smtpsim.message.mime import DEEPEST, MOST_PARTS, Part, opened, read_parts
from smtpsim.message.parameters import read_content_type, read_value
from smtpsim.protocol.imap.envelope import GROUP_END, Address, envelope, read_addresses
from smtpsim.protocol.imap.structure import body, body_structure

TEXTS = st.lists(st.text(st.sampled_from("ab -."), max_size=8), max_size=4).map(
    lambda lines: "\r\n".join(lines).encode()
)
PLAIN = st.builds(
    lambda kind, text: b"Content-Type: " + kind + b"\r\n\r\n" + text,
    st.sampled_from([b"text/plain; charset=utf-8", b'TEXT/HTML; name="a b"', b"image/png", b"application/x-y; a=b"]),
    TEXTS,
)


def enclosed(letter: bytes) -> bytes:
    return b"Content-Type: message/rfc822\r\n\r\n" + letter


def multipart(parts: list[bytes]) -> bytes:
    """The boundary is made from the parts, so that it is in none of them (RFC 2046 5.1.1)."""
    boundary = b"=_" + md5(b"|".join(parts)).hexdigest().encode()
    inside = b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts)
    head = b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\r\n\r\n'
    return head + b"preamble\r\n" + inside + b"--" + boundary + b"--\r\nepilogue\r\n"


LETTERS = st.recursive(
    PLAIN,
    lambda inner: st.builds(enclosed, inner) | st.lists(inner, min_size=1, max_size=3).map(multipart),
    max_leaves=8,
)


def shape(part: Part) -> object:
    if part.parts:
        return [shape(child) for child in part.parts]
    if part.message:
        return (shape(part.message),)
    return (part.told.media_type, part.entity.body)


def shape_by_email(message: object) -> object:
    assert isinstance(message, Message)
    payload = message.get_payload()
    if isinstance(payload, list) and message.get_content_type() == "message/rfc822":
        return (shape_by_email(payload[0]),)
    if isinstance(payload, list):
        return [shape_by_email(child) for child in payload]
    assert isinstance(payload, str)
    return (message.get_content_type(), payload.encode("ascii", "surrogateescape"))


@given(LETTERS)
def test_parts_are_those_that_email_finds(letter: bytes) -> None:
    assert shape(read_parts(letter)) == shape_by_email(message_from_bytes(letter, policy=policy.compat32))


@given(LETTERS)
def test_every_part_is_a_slice_of_the_letter(letter: bytes) -> None:
    def check(part: Part) -> None:
        assert part.entity.octets in letter
        assert part.entity.header + part.entity.body == part.entity.octets
        for child in (*part.parts, *([part.message] if part.message else [])):
            check(child)

    check(read_parts(letter))


@given(st.binary(max_size=200) | st.builds(lambda letter, at: letter[:at], LETTERS, st.integers(0, 300)))
def test_any_octets_have_a_structure(octets: bytes) -> None:
    letter = read_parts(octets)
    for told in (body(letter), body_structure(letter), envelope(letter.entity.headers)):
        assert told.startswith("(")
        assert told.endswith(")")
    assert letter.entity.header + letter.entity.body == octets


def test_what_is_nested_too_deep_is_plain_octets() -> None:
    letter = b"x"
    for _ in range(3 * DEEPEST):
        letter = enclosed(letter)
    told = body(read_parts(letter))
    assert told.count('"MESSAGE"') == DEEPEST
    assert told.count('"OCTET-STREAM"') == 1


def test_parts_are_counted() -> None:
    letter = read_parts(multipart([b"\r\nx"] * (MOST_PARTS + 50)))
    assert len(letter.parts) == MOST_PARTS
    assert letter.parts[-1].entity.body.count(b"x") == 51


BROKEN = {
    b"Content-Type: multipart/mixed\r\n\r\nx": "application/octet-stream",
    b"Content-Type: multipart/mixed; boundary=b\r\n\r\nx": "application/octet-stream",
    b"Content-Type: nonsense\r\n\r\nx": "text/plain",
    b"Content-Type: /\r\n\r\nx": "text/plain",
    b"": "text/plain",
    b"no header at all": "text/plain",
}


@pytest.mark.parametrize(("octets", "kind"), BROKEN.items())
def test_what_breaks_the_rules_is_one_part(octets: bytes, kind: str) -> None:
    letter = read_parts(octets)
    assert letter.told.media_type == kind
    assert not letter.parts


def test_a_digest_holds_messages() -> None:
    letter = read_parts(
        b"Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: x\r\n\r\ny\r\n--b--\r\n"
    )
    assert letter.parts[0].message is not None
    assert letter.parts[0].message.entity.headers.first("subject") == "x"


def test_a_boundary_that_begins_like_another() -> None:
    letter = read_parts(
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--bc\r\n\r\nno\r\n--b \t\r\n\r\nyes\r\n--b--"
    )
    assert [part.entity.body for part in letter.parts] == [b"yes"]


def test_parameters_as_they_stand() -> None:
    found = read_content_type('Text/Plain ; charset = UTF-8; name*0*=utf-8\'\'a%20; name*1="b\\"c"; =x; y; z=')
    assert (found.kind, found.subtype) == ("text", "plain")
    assert found.pairs == (("charset", "UTF-8"), ("name*0*", "utf-8''a%20"), ("name*1", 'b"c'), ("z", ""))
    disposition = read_value("attachment; filename=x")
    assert (disposition.word, disposition.pairs) == ("attachment", (("filename", "x"),))
    assert read_value("").word == ""


def test_a_field_with_folds() -> None:
    headers = opened(b"A: one\r\n\ttwo\r\n  three\r\nB : x\r\na: again\r\n\r\n").headers
    assert [(field.name.lower(), field.value) for field in headers.fields] == [
        ("a", "one two three"),
        ("b", "x"),
        ("a", "again"),
    ]
    assert headers.first("a") == "one two three"
    assert headers.values("a") == ("one two three", "again")
    assert headers.first("c") is None


def box(name: str | None, mailbox: str, host: str) -> Address:
    return Address(name, None, mailbox, host)


def group(name: str) -> Address:
    return Address(None, None, name, None)


ADDRESSES = {
    "ann@example.com": [box(None, "ann", "example.com")],
    "Ann Lee <ann@example.com>": [box("Ann Lee", "ann", "example.com")],
    '"Lee, Ann" <ann@example.com>, bob@x': [box("Lee, Ann", "ann", "example.com"), box(None, "bob", "x")],
    "ann@example.com (Ann (really))": [box("Ann (really)", "ann", "example.com")],
    "(note) ann@example.com": [box("note", "ann", "example.com")],
    "Ann (not this) <ann@x>": [box("Ann", "ann", "x")],
    '"a\\"b"@x': [box(None, 'a"b', "x")],
    "ann@[192.0.2.1]": [box(None, "ann", "[192.0.2.1]")],
    "<@a,@b:ann@x>": [Address(None, "@a,@b", "ann", "x")],
    "A. B. <ab@x>": [box("A. B.", "ab", "x")],
    "undisclosed-recipients:;": [group("undisclosed-recipients"), GROUP_END],
    "team: a@x, B <b@x>;, c@x": [
        group("team"),
        box(None, "a", "x"),
        box("B", "b", "x"),
        GROUP_END,
        box(None, "c", "x"),
    ],
    "team: a@x": [group("team"), box(None, "a", "x"), GROUP_END],
    "root": [box(None, "root", "")],
    "<>": [box(None, "", "")],
    "a@b@c": [box(None, "a@b", "c")],
    "Ann <ann@x": [box("Ann", "ann", "x")],
    'Ann "Lee <ann@x>': [box(None, "AnnLee <ann@x>", "")],
    "": [],
    " , ,, ": [],
    "=?utf-8?B?5pel?= <a@x>": [box("=?utf-8?B?5pel?=", "a", "x")],
    "日本 <a@x>": [box("日本", "a", "x")],
}


@pytest.mark.parametrize(("value", "found"), ADDRESSES.items())
def test_addresses(value: str, found: list[Address]) -> None:
    assert list(read_addresses(value)) == found


NAMES = st.text(st.sampled_from("abc "), min_size=1, max_size=8).map(str.strip).map(lambda name: " ".join(name.split()))
MAILBOXES = st.builds("{}@{}".format, st.sampled_from(["ann", "b.c", "d+e"]), st.sampled_from(["x", "example.com"]))


@given(st.lists(st.tuples(NAMES, MAILBOXES), min_size=1, max_size=4), st.booleans())
def test_lists_of_addresses_as_email_reads_them(pairs: list[tuple[str, str]], quoted: bool) -> None:
    value = ", ".join(f'"{name}" <{mailbox}>' if quoted else f"{name} <{mailbox}>" for name, mailbox in pairs)
    read = [(found.name or "", f"{found.mailbox}@{found.host}") for found in read_addresses(value)]
    assert read == getaddresses([value])


@given(st.text(max_size=60) | st.text(st.sampled_from('<>()@,:;."\\[] ab'), max_size=40))
def test_any_text_has_addresses(value: str) -> None:
    for found in read_addresses(value):
        assert found.mailbox is not None or found == GROUP_END


WORDS = {
    "=?utf-8?B?5pel5pys?=": "日本",
    "=?iso-8859-1?q?caf=E9_au?= lait": "café au lait",
    "=?utf-8?B?5pel?= =?utf-8?B?5pys?= x": "日本 x",
    "=?utf-8*ja?B?5pel?=": "日",
    "=?utf-8?B?!?=": "",
    "=?utf-8?B?abcde?=": "=?utf-8?B?abcde?=",
    "=?punycode?Q?x?=": "x",
    "=?utf-8?X?x?=": "=?utf-8?X?x?=",
    "plain": "plain",
}


@pytest.mark.parametrize(("value", "text"), WORDS.items())
def test_encoded_words(value: str, text: str) -> None:
    assert readable(value) == text
