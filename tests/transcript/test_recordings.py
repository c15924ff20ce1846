"""What happens to real recordings on the way: they break off, lines get lost, two of them get mixed up."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.transcript import Client, Dialogue, Entry, Server, TranscriptFault, masked, read, write
from smtpsim.transcript.files import readable

HERE = Path(__file__).parent
RECORDINGS = {path.stem: path.read_bytes() for path in sorted(HERE.glob("[sv]a*/*.txt"))}
FORMATS = {name: getattr(read(octets), "format", "") for name, octets in RECORDINGS.items()}
NAMES = st.sampled_from(sorted(RECORDINGS))
MARKED = {"swaks", "msmtp", "smtplib", "curl", "mailx", "sendmail"}
"""Formats in which each line tells by itself who speaks."""

PROGRAMS = MARKED | {"curltrace", "exim", "gnutls", "javamail", "openssl", "postfix", "telnet", "tshark"}


def is_read_or_explained(octets: bytes, form: str | None = None) -> None:
    """A dialogue that our own forms keep, or a fault in a line of the file."""
    found = read(octets, name="x", format=form)
    if isinstance(found, TranscriptFault):
        assert found.name == "x"
        assert 1 <= found.line <= max(1, len(octets.splitlines()))
    else:
        assert read(write(found, "json"), format="json") == found
        assert len(masked(found).entries) == len(found.entries)


@given(name=NAMES, part=st.floats(0, 1))
def test_a_recording_may_break_off_anywhere(name: str, part: float) -> None:
    octets = RECORDINGS[name]
    is_read_or_explained(octets[: int(len(octets) * part)])


@given(name=NAMES, form=st.sampled_from(readable()))
def test_a_recording_may_be_read_as_anything(name: str, form: str) -> None:
    is_read_or_explained(RECORDINGS[name], form)


@given(st.lists(st.tuples(NAMES, st.floats(0, 1), st.integers(0, 9)), max_size=8))
def test_recordings_may_be_mixed_up(pieces: list[tuple[str, float, int]]) -> None:
    mixed: list[bytes] = []
    for name, part, count in pieces:
        lines = RECORDINGS[name].splitlines(keepends=True)
        start = int(len(lines) * part)
        mixed += lines[start : start + count]
    is_read_or_explained(b"".join(mixed))


@given(name=NAMES, octets=st.binary(max_size=6), part=st.floats(0, 1))
def test_a_recording_may_be_damaged(name: str, octets: bytes, part: float) -> None:
    whole = RECORDINGS[name]
    place = int(len(whole) * part)
    is_read_or_explained(whole[:place] + octets + whole[place + len(octets) :])


def said(entries: tuple[Entry, ...]) -> list[str | int]:
    """The commands and the codes in their order."""
    return [
        entry.text if isinstance(entry, Client) else entry.code
        for entry in entries
        if isinstance(entry, Client | Server)
    ]


@pytest.mark.parametrize("name", [name for name in RECORDINGS if FORMATS[name] in MARKED])
def test_what_a_line_says_does_not_hang_on_later_lines(name: str) -> None:
    octets = RECORDINGS[name]
    whole = read(octets)
    assert isinstance(whole, Dialogue)
    expected = said(whole.entries)
    for end in accumulate(len(line) for line in octets.splitlines(keepends=True)):
        cut = read(octets[:end], format=whole.format)
        assert isinstance(cut, Dialogue)
        found = said(cut.entries)
        assert found == expected[: len(found)]


@pytest.mark.parametrize("name", sorted({FORMATS[name]: name for name in RECORDINGS}.values()))
def test_a_letter_may_quote_another_recording(name: str) -> None:
    quoted = [line for line in RECORDINGS[name].splitlines() if line != b"."]
    letter = b"\r\n".join(b".." + line[1:] if line.startswith(b".") else line for line in quoted)
    session = b"220 hi\r\nDATA\r\n354 go\r\nSubject: log\r\n\r\n" + letter + b"\r\n.\r\n250 ok\r\nQUIT\r\n221 bye\r\n"
    dialogue = read(session)
    assert isinstance(dialogue, Dialogue)
    assert dialogue.format == "telnet"
    assert said(dialogue.entries) == [220, "DATA", 354, ".", 250, "QUIT", 221]


def test_there_are_recordings_by_every_program() -> None:
    index: dict[str, dict[str, str]] = json.loads((HERE / "variants" / "index.json").read_text())
    assert {entry["format"] for entry in index.values()} >= PROGRAMS
