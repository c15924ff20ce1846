"""What the client types in a language of its own, and the letters of the shipped transcripts in Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_string, policy
from pathlib import Path
from typing import NamedTuple

import pytest

from smtpsim.explain import words
from smtpsim.shell.opening import Choice
from smtpsim.shell.recording import open_recording, ordering
from smtpsim.transcript import Client, Content, Dialogue, Entry, Note, read
from smtpsim.transcript.client import Played
from smtpsim.transcript.comparison import Compared, compare
from smtpsim.transcript.dialogue import Place
from smtpsim.transcript.formats import load
from smtpsim.transcript.own_lines import with_own_lines
from smtpsim.transcript.shipped import find, names

SAMPLE = """\
$ telnet smtp.example.com smtp
220 Connected
# line.ja: EHLO a.example
> HELO a.example
250 okay
> DATA
354 go on
# note: a remark
# line.ja: Subject: =?UTF-8?B?44OG44K544OI?=
# line.ja: MIME-Version: 1.0
> Subject: test
>
# line.ja: ..
> hello
> .
250 okay
"""

OWN = ["EHLO a.example", "DATA", "Subject: =?UTF-8?B?44OG44K544OI?=", "MIME-Version: 1.0", "", ".", "."]
BASE = ["HELO a.example", "DATA", "Subject: test", "", "hello", "."]

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
ENGLISH = re.compile(r"(?<![\w./'@:<>=-])[A-Za-z]?[a-z]+(?: [a-z]{2,})+(?![\w@.:=/-])")

NOT_IN_JAPANESE = {
    "07-no-headers": "without a header nothing says how a letter is encoded, so that it has to be ASCII",
}
"""Shipped transcripts whose letter is the same for everybody, and why."""


class Letter(NamedTuple):
    subject: str
    body: str


def typed(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.text for entry in entries if isinstance(entry, Client | Content)]


def letters(entries: tuple[Entry, ...]) -> Iterator[Letter]:
    """Each run of lines of a letter, as a mail program reads it."""
    run: list[str] = []
    for entry in (*entries, Client("QUIT")):
        if isinstance(entry, Content):
            run.append(entry.text)
        elif run and isinstance(entry, Client) and not entry.text.upper().startswith("BDAT"):
            mail = message_from_string("\n".join(run), policy=policy.default)
            yield Letter(str(mail["Subject"] or ""), str(mail.get_payload()).strip())
            run = []


def opened(name: str, lang: str) -> Dialogue:
    return open_recording(name, "", Choice(), words(lang)).dialogue


@pytest.mark.parametrize(("lang", "told"), [("ja", OWN), ("JA", OWN), ("", BASE), ("en", BASE), ("fr", BASE)])
def test_a_language_has_lines_of_its_own(lang: str, told: list[str]) -> None:
    found = read(SAMPLE.encode(), lang=lang)
    assert isinstance(found, Dialogue)
    assert typed(found.entries) == told
    assert [entry.text for entry in found.entries if isinstance(entry, Note)] == ["a remark"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_format_that_keeps_everything_keeps_them(form: str) -> None:
    text, found = load("text"), load(form)
    assert text
    assert text.read
    assert found
    assert found.read
    assert found.write
    dialogue = text.read(SAMPLE.splitlines())
    assert isinstance(dialogue, Dialogue)
    again = found.read(found.write(dialogue).splitlines())
    assert again == dialogue
    assert sum(isinstance(entry, Note) and entry.place is Place.LINE for entry in again.entries) == 4
    assert typed(with_own_lines(again, "ja").entries) == OWN


@pytest.mark.parametrize("name", names())
def test_a_shipped_letter_is_in_the_language_of_its_reader(name: str) -> None:
    for letter in letters(opened(name, "ja").entries):
        for part in letter:
            assert name in NOT_IN_JAPANESE or not part or JAPANESE.search(part), part
            assert name in NOT_IN_JAPANESE or not ENGLISH.search(part), part


@pytest.mark.parametrize("name", NOT_IN_JAPANESE)
def test_an_exception_is_one(name: str) -> None:
    assert not any(JAPANESE.search(part) for letter in letters(opened(name, "ja").entries) for part in letter)


class Came(NamedTuple):
    """What a transcript came to: the replies that are not as recorded, and what became of each mail."""

    differences: list[Compared]
    fates: list[tuple[str, str]]


def came(name: str, lang: str) -> Came:
    say = words(lang)
    recording = open_recording(name, "", Choice(), say)
    found = list(compare(recording.dialogue, recording.first, ordering(name, say)))
    fates = [fate for one in found if isinstance(one, Played) for fate in one.turn.fates]
    return Came(
        [one for one in found if isinstance(one, Compared) and not one.same],
        [(str(fate.recipient), fate.status) for fate in fates],
    )


@pytest.mark.parametrize("name", [name for name in names() if "# line." in Path(find(name)).read_text("utf-8")])
def test_both_letters_fare_alike(name: str) -> None:
    japanese = came(name, "ja")
    assert japanese.differences == []
    assert japanese == came(name, "en")
