"""Recordings of a terminal: valid for asciinema's own reader, with a person's timing, bounded, and read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyte
import pytest
from asciinema.asciicast import open_from_url
from hypothesis import given

from smtpsim.transcript import Client, Content, Dialogue, Note, Server, TranscriptFault, read, write
from smtpsim.transcript.format import ONE_LANGUAGE
from smtpsim.transcript.keystrokes import LONGEST, MOST_KEYS
from smtpsim.transcript.losses import kept
from tests.transcript.test_properties import DIALOGUES

SHORT = Dialogue((Server(220, ("hi",)), Note("look"), Client("NOOP"), Server(451, ("later",)), Client("QUIT")))


def events(dialogue: Dialogue) -> list[Any]:
    return [json.loads(line) for line in write(dialogue, "cast").decode().splitlines()[1:]]


def shown(dialogue: Dialogue) -> str:
    return "".join(data for _, kind, data in events(dialogue) if kind == "o")


@given(DIALOGUES)
def test_times_never_go_back(dialogue: Dialogue) -> None:
    times = [at for at, _, _ in events(dialogue)]
    assert times == sorted(times)
    assert all(time >= 0 for time in times)


def test_asciinema_reads_it(tmp_path: Path) -> None:
    """Its parser takes the header, and gives the text that a terminal would get."""
    file = tmp_path / "x.cast"
    for path in sorted(Path("transcripts").glob("*.txt")):
        dialogue = read(path.read_bytes())
        assert isinstance(dialogue, Dialogue)
        file.write_bytes(write(dialogue, "cast"))
        with open_from_url(str(file)) as cast:
            assert (cast.version, cast.v2_header["height"]) == (2, 30)
            assert "".join(event[2] for event in cast.events("o")) == shown(dialogue)


def test_a_terminal_shows_the_transcript() -> None:
    """Played to the end, the last lines of it stand on the screen, as wide as the header says."""
    dialogue = read(Path("transcripts/01-first-mail.txt").read_bytes())
    assert isinstance(dialogue, Dialogue)
    header = json.loads(write(dialogue, "cast").decode().splitlines()[0])
    screen = pyte.Screen(header["width"], header["height"])
    pyte.Stream(screen).feed(shown(dialogue))
    lines = write(kept(dialogue, ONE_LANGUAGE), "text").decode().splitlines()
    width = header["width"]
    rows = [line[at : at + width].rstrip() for line in lines for at in range(0, max(len(line), 1), width)]
    assert [line.rstrip() for line in screen.display[:-1]] == rows[1 - header["height"] :]


def test_keys_are_pressed_one_by_one_and_replies_come_whole() -> None:
    seen = [(kind, data) for _, kind, data in events(SHORT)]
    assert [data for kind, data in seen if kind == "m"] == ["NOOP", "QUIT"]
    assert [data for kind, data in seen if kind == "o" and len(data) == 1] == list("NOOPQUIT")
    assert ("o", "\x1b[32m220 hi\x1b[0m\r\n") in seen
    assert ("o", "\x1b[33m451 later\x1b[0m\r\n") in seen


def test_a_note_is_left_to_be_read() -> None:
    times = {data: at for at, kind, data in events(SHORT) if kind == "m" or "look" in data}
    note = next(at for data, at in times.items() if "look" in data)
    assert times["NOOP"] - note > 1.5


def test_the_same_dialogue_gives_the_same_octets() -> None:
    assert write(SHORT, "cast") == write(SHORT, "cast")


@pytest.mark.parametrize("lines", [1_000, 10_000])
def test_a_long_letter_stays_small_and_short(lines: int) -> None:
    letter = [Content(f"line {number} of a letter that somebody pastes") for number in range(lines)]
    dialogue = Dialogue((Client("DATA"), Server(354, ("go",)), *letter, Client("."), Server(250, ("ok",))))
    written = events(dialogue)
    assert written[-1][0] <= LONGEST
    assert len(written) <= MOST_KEYS + 4 * lines
    assert read(write(dialogue, "cast")) == dialogue


def recording(*output: str, **header: object) -> bytes:
    head = {"version": 2, "width": 80, "height": 24, **header}
    body = [[number / 10, "o", text] for number, text in enumerate(output)]
    return "".join(f"{json.dumps(value)}\n" for value in (head, *body)).encode()


@pytest.mark.parametrize(
    "octets",
    [
        recording("220 hi\r\n", "> NO", "OP\r\n", "250 ok\r\n"),
        recording("\x1b[32m220 hi\x1b[0m\r\n> NOX\bOP\r\n250 ok"),
        recording("220 hi\r\nNOOP\r\n250 ok\r\n"),
        recording("=== Trying a:25...\r\n<-  220 hi\r\n", " -> NOOP\r\n<-  250 ok\r\n"),
        recording("220 hi\r\nNOOP\r\n250 ok\r\n").replace(b'"version": 2', b'"version": 3, "term": {}'),
        recording("220 hi\r\nNOOP\r\n250 ok\r\n") + b'[9, "i", "x"]\n[9.5, "r", "80x24"]\n\n# end\n[10, "x"]\n',
    ],
)
def test_recordings_of_others(octets: bytes) -> None:
    found = read(octets)
    assert found == Dialogue((Server(220, ("hi",)), Client("NOOP"), Server(250, ("ok",))))
    assert isinstance(found, Dialogue)
    assert found.format == "cast"


def test_entries_know_the_line_of_the_file() -> None:
    found = read(recording("220 hi\r\n", "> NO", "OP\r\n250", " ok\r\n"))
    assert isinstance(found, Dialogue)
    assert [entry.line for entry in found.entries] == [2, 3, 4]


@pytest.mark.parametrize("line", ["nonsense", "{}", '[1, "o"', '["x", "o", "y"]', "[1]", "[" * 100_000])
def test_a_line_of_another_kind(line: str) -> None:
    octets = recording("220 hi\r\n") + line.encode() + b"\n"
    assert read(octets, name="x") == TranscriptFault(3, "cast-line", (), "x")


def test_a_fault_on_the_screen_names_the_line_of_the_file() -> None:
    found = read(recording("220 hi\r\n", "what is this\r\n", command="smtpsim replay"))
    assert found == TranscriptFault(3, "text-line", (("text", "what is this"),))
