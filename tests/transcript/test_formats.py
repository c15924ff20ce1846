"""What each format states about itself."""

from __future__ import annotations

import pytest

from smtpsim.transcript import Client, Dialogue, FormatError, Server, TranscriptFault, formats, read, write
from smtpsim.transcript.files import readable, writable
from smtpsim.transcript.format import EVERYTHING, Format


@pytest.mark.parametrize("form", formats.every(), ids=lambda form: form.name)
def test_statement(form: Format) -> None:
    assert formats.load(form.name) is form
    assert form.read or form.write
    assert form.keeps <= EVERYTHING
    assert not form.read or form.signs
    assert all(sign.weight > 0 and sign.compiled() for sign in form.signs)
    assert all(limit.startswith("limit-") for limit in form.limits)


def test_our_own_forms_keep_everything() -> None:
    assert {form.name for form in formats.every() if form.keeps == EVERYTHING} == {"json", "text"}


def test_names() -> None:
    assert set(readable()) | set(writable()) == set(formats.names())
    assert formats.load("../text") is None
    assert formats.load("nothing") is None


def test_unknown_format() -> None:
    fault = read(b"220 hi\n", name="x", format="nothing")
    assert isinstance(fault, TranscriptFault)
    assert (fault.line, fault.key, fault.name) == (0, "format", "x")
    assert dict(fault.values) == {"format": "nothing", "formats": ", ".join(readable())}
    with pytest.raises(FormatError) as raised:
        write(Dialogue(), "telnet")
    assert raised.value.args == ("telnet",)


@pytest.mark.parametrize(
    ("octets", "line", "key"),
    [
        (b"", 1, "empty"),
        (b" \r\n\t\n", 1, "empty"),
        (b"\xef\xbb\xbf", 1, "empty"),
        (b"Dear Sir,\n\nhello.\n", 1, "unknown"),
        (b"\n \nDear Sir,\n\nhello.\n", 3, "unknown"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", 1, "unknown"),
    ],
)
def test_not_a_dialogue(octets: bytes, line: int, key: str) -> None:
    assert read(octets, name="x") == TranscriptFault(line, key, (), "x")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("> HELO a\n", "text"),
        ("# title: nothing yet\n", "text"),
        ("220 hi\n> FOO\n", "text"),
        ("220 hi\nFOO\n", "telnet"),
        ("HELO a\nQUIT\n", "client"),
        ("> EHLO a\n> MAIL FROM:<a@b>\n< 250 ok\n", "curl"),
        ('{"text": "NOOP", "who": "client"}\n', "json"),
        ("nc: connect to 192.0.2.1 port 25 (tcp) failed: Connection refused\n", "telnet"),
        (">>> EHLO a\n250 ok\n", "sendmail"),
        ("220 hi\n>>> host in helo_verify_hosts? no (option unset)\nEHLO a\n250 ok\n", "exim"),
    ],
)
def test_recognised_by_content(text: str, form: str) -> None:
    dialogue = read(text.encode())
    assert isinstance(dialogue, Dialogue), dialogue
    assert dialogue.format == form


def test_a_named_format_wins() -> None:
    text = b"220 hi\n> FOO\n"
    assert read(text, format="telnet") == Dialogue((Server(220, ("hi",)), Client("> FOO")))


NO_DIALOGUES = (
    "> GET / HTTP/1.1\n> Host: example.com\n> Accept: */*\n>\n",
    "220 hi\nThe quick brown fox\njumps over\nthe lazy dog\nand is gone\n250 ok\n",
    "> I think so.\n> So do I.\n> And I.\nYes.\n",
    "250 people came\nto the party\nlast night and\ndanced until\n450 had left\n",
)


@pytest.mark.parametrize("text", NO_DIALOGUES)
def test_what_is_not_surely_a_dialogue_is_refused(text: str) -> None:
    found = read(text.encode())
    assert isinstance(found, TranscriptFault)
    assert found.key in ("doubtful", "text-line", "unknown")
    assert found.line > 0


def test_a_person_who_names_the_format_is_believed() -> None:
    text = b"> one fine day\n> two\n> three\n> four\n"
    assert isinstance(read(text), TranscriptFault)
    assert isinstance(read(text, format="text"), Dialogue)
