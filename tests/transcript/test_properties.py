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
    Server,
    Target,
    TranscriptFault,
    masked,
    read,
    write,
)
from smtpsim.transcript.files import readable

PIECES = [
    *(b"> ", b">", b"< ", b"<- ", b" -> ", b"<** ", b" ~> ", b"--> ", b"<-- ", b">>> ", b"<<< ", b"S: ", b"C: ", b"R: "),
    *(b" In:  ", b" Out: ", b"s-nail: >>> ", b"s-nail: >>> SERVER: ", b"  SMTP<< ", b"  SMTP>> ", b"send: ", b"reply: "),
    *(b"b'", b"'", b'"', b"\\r\\n", b"\\x80", b"\\ud800", b"\\ ", b"\\", b"250 ok", b"250-ok", b"354 go", b"334 ", b"421 no"),
    *(b"220 hi", b"503 no", b"EHLO a", b"MAIL FROM:<a@b>", b"RCPT TO:<c@d>", b"DATA", b".", b"..", b"QUIT", b"BDAT 9", b"BDAT 0 LAST"),
    *(b"AUTH LOGIN", b"AUTH PLAIN AGEAYg==", b"Subject: x", b"# title: x", b"# note.ja: x", b"$ telnet a 25", b":wait 4h", b"```"),
    *(b"Follow: tcp,ascii", b"Follow: tcp,hex", b"\t35", b"12", b"00000000  32 32 30 0d 0a", b"=" * 20, b"*** x", b"=== x", b"LOG: x"),
    *(b"**** SMTP testing", b"RENEGOTIATING", b"- Simple Client Mode:", b"DEBUG SMTP: x", b"CONNECTED(00000003)", b"---", b"depth=0 "),
    *(b'{"who": "client", "text": "x"}', b'{"who": "server", "code": 250, "lines": ["x"]}', b'{"who":', b"}", b"  0 --:--:--     0"),
    *(b"\x1b[31m", b"\x1b$B%F\x1b(B", b"\x1b", b"\b", b"\0", b"\x80", b"\xe3\x83\x86", b"\xef\xbb\xbf", b" ", b"    ", b"\t", b"\r", b"x"),
    *(b"\n", b"\n", b"\n", b"\r\n", b"\r\n", b"\n\n"),
]

FILES = st.one_of(st.binary(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join))


def lines(alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(st.text(alphabet, max_size=12), st.sampled_from(["DATA", ".", "QUIT", "BDAT 4", "> x", "250 x", "\\ "]))


OCTETS = st.integers(0xDC80, 0xDCFF).map(chr)
TEXTS = lines(st.one_of(st.characters(exclude_categories=["Cs"]), OCTETS, st.sampled_from(" .\\\r\n\x1b\x9b#:>$")))
WORDS = st.from_regex(r"[a-z0-9.:\[][a-z0-9.:\[\]-]{0,9}", fullmatch=True)
KEYS = st.from_regex(r"[a-z][a-z0-9._-]{0,5}", fullmatch=True).filter(lambda key: key.partition(".")[0] != "note")
ENTRIES = st.one_of(
    st.builds(Client, TEXTS),
    st.builds(Content, TEXTS),
    st.builds(Server, st.one_of(st.integers(100, 999), st.just(354)), st.lists(TEXTS, min_size=1, max_size=3).map(tuple)),
    st.builds(Note, TEXTS, st.sampled_from(["", "ja", "en"])),
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


@pytest.mark.parametrize("form", ["text", "json", "rfc"])
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
