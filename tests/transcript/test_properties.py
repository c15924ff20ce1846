"""For all files and all dialogues: no exception, nothing lost, no control characters written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.transcript import (
    Client,
    Command,
    Content,
    Dialogue,
    Directive,
    Note,
    Place,
    Server,
    Target,
    TranscriptFault,
    masked,
    read,
    write,
)
from smtpsim.transcript.files import readable, writable

PIECES = [
    piece.encode("latin-1").decode("unicode_escape").encode("latin-1")
    for piece in r"""
\n¦\n¦\n¦\r\n¦\r\n¦\n\n¦ ¦    ¦\t¦\r¦x¦\0¦\b¦\x1b¦\x1b[31m¦\x1b$B%F\x1b(B¦\x80¦\xe3\x83\x86¦\xef\xbb\xbf
> ¦>¦< ¦<- ¦ -> ¦<** ¦ ~> ¦--> ¦<-- ¦>>> ¦<<< ¦S: ¦C: ¦R: ¦ In:  ¦ Out: ¦s-nail: >>> SERVER: ¦s-nail: >>>
send: ¦reply: ¦  SMTP<< ¦  SMTP>> ¦b'¦'¦"¦\\r\\n¦\\x80¦\\ud800¦\\ ¦\\¦250 ok¦250-ok¦354 go¦334 ¦421 no¦220 hi¦503 no
EHLO a¦MAIL FROM:<a@b>¦RCPT TO:<c@d>¦DATA¦.¦..¦QUIT¦BDAT 9¦BDAT 0 LAST¦AUTH LOGIN¦AUTH PLAIN AGEAYg==¦Subject: x
# title: x¦# note.ja: x¦$ telnet a 25¦:wait 4h¦```¦Follow: tcp,ascii¦Follow: tcp,hex¦\t35¦12¦====================
00000000  32 32 30 0d 0a¦*** x¦=== x¦LOG: x¦**** SMTP testing¦RENEGOTIATING¦- Simple Client Mode:¦DEBUG SMTP: x
CONNECTED(00000003)¦---¦depth=0 ¦  0 --:--:--     0¦{"who":¦}¦{"who": "client", "text": "x"}
{"who": "server", "code": 250, "lines": ["x"]}¦=> Send header, 5 bytes (0x5)¦<= Recv header, 16 bytes (0x10)
=> Send data, 9 bytes (0x9)¦0000: ¦0002: 35 30 0d 0a ¦0000: 32 32 30 20 ¦== Info: x
""".strip("\n")
    .replace("\n", "¦")
    .split("¦")
]

FILES = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join))


OCTETS = st.integers(0xDC80, 0xDCFF).map(chr)
SIGNS = st.sampled_from(" .\\\r\n\x1b\x9b#:>$")
CHARACTERS = st.one_of(st.characters(exclude_categories=["Cs"]), OCTETS, SIGNS)
LINES = st.sampled_from(["DATA", ".", "QUIT", "BDAT 4", "> x", "250 x", "\\ "])
TEXTS = st.one_of(st.text(CHARACTERS, max_size=12), LINES)
WORDS = st.from_regex(r"[a-z0-9.:\[][a-z0-9.:\[\]-]{0,9}", fullmatch=True)
KEYS = st.from_regex(r"(?!note|after|ask|answer|line)[a-z][a-z0-9._-]{0,5}", fullmatch=True)
CODES = st.just(0) | st.one_of(st.integers(100, 999), st.just(354))
REMARKS = [place for place in Place if place is not Place.LINE]
ENTRIES = st.one_of(
    st.builds(Client, TEXTS),
    st.builds(Content, TEXTS),
    st.builds(Server, CODES, st.lists(TEXTS, min_size=1, max_size=3).map(tuple)),
    st.builds(
        Note,
        TEXTS,
        st.sampled_from(["", "ja", "en"]),
        st.just(0),
        st.sampled_from(REMARKS),
    ),
    st.builds(Command, TEXTS.map(":{}".format)),
)
DIALOGUES = st.builds(
    Dialogue,
    st.lists(ENTRIES, max_size=12).map(tuple),
    st.lists(st.builds(Directive, KEYS, TEXTS), max_size=3).map(tuple),
    st.none() | st.builds(Target, WORDS, WORDS),
)


@given(FILES)
def test_any_file_is_a_dialogue_or_a_fault(octets: bytes) -> None:
    assert isinstance(read(octets, name="x"), Dialogue | TranscriptFault)


@pytest.mark.parametrize("form", readable())
@given(octets=FILES)
def test_any_file_in_any_format(form: str, octets: bytes) -> None:
    found = read(octets, name="x", format=form)
    if isinstance(found, TranscriptFault):
        assert found.name == "x"
        assert 1 <= found.line <= octets.count(b"\n") + octets.count(b"\r") + 1
    else:
        assert read(write(found, "text"), format="text") == found
        assert read(write(found, "json"), format="json") == found


@pytest.mark.parametrize("form", ["text", "json"])
@given(dialogue=DIALOGUES)
def test_nothing_is_lost(form: str, dialogue: Dialogue) -> None:
    assert read(write(dialogue, form), format=form) == dialogue


@pytest.mark.parametrize("form", writable())
@given(dialogue=DIALOGUES)
def test_no_control_sequence_is_written(form: str, dialogue: Dialogue) -> None:
    written = write(dialogue, form).decode()
    assert all(char in "\n\t" or not (char < " " or "\x7f" <= char <= "\x9f") for char in written)


@given(DIALOGUES)
def test_masking_changes_client_lines_only(dialogue: Dialogue) -> None:
    hidden = masked(dialogue)
    assert [type(entry) for entry in hidden.entries] == [type(entry) for entry in dialogue.entries]
    assert masked(hidden) == hidden
    pairs = zip(hidden.entries, dialogue.entries, strict=True)
    assert all(ours == theirs for ours, theirs in pairs if not isinstance(ours, Client))
