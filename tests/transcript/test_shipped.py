"""Every shipped transcript says in its head what it is, in both languages, and so do its notes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from smtpsim.explain import words
from smtpsim.transcript import Dialogue, Note, read
from smtpsim.transcript.shipped import find, names

JAPANESE = "ja"

FIELDS = {
    "title": "a few words in English",
    "title.ja": "the same in Japanese",
    "about": "one sentence in English that says what it shows, with its full stop",
    "about.ja": "the same in Japanese, with 。",
    "theme": f"one of {', '.join(words('en').section('theme'))}",
}
"""The lines that the head must have, and what to write there."""


def dialogue(name: str) -> Dialogue:
    found = read(Path(find(name)).read_bytes(), name=name, format="text")
    assert isinstance(found, Dialogue)
    return found


def lacking(found: Dialogue) -> Iterator[str]:
    """What the head of a transcript, and its notes, still need: the line to write, and what to write there."""
    fit = {
        "title": found.directive("title").isascii(),
        "about": found.directive("about").isascii()
        and found.directive("about").endswith(".")
        and found.directive("about").rstrip(".") != found.directive("title"),
        "about.ja": found.directive("about.ja").endswith("。"),
        "theme": found.directive("theme") in words("en").section("theme"),
    }
    yield from (
        f"# {key}: {told}" for key, told in FIELDS.items() if not found.directive(key) or not fit.get(key, True)
    )
    runs = [
        [note for note in run if isinstance(note, Note)]
        for place, run in groupby(found.entries, lambda entry: entry.place if isinstance(entry, Note) else None)
        if place
    ]
    if not runs:
        yield "# note: and # note.ja: what the reader is to see, in one place at least"
    for run in runs:
        if {note.lang for note in run} != {"", JAPANESE}:
            yield f"# {run[0].place}: and # {run[0].place}.ja: both, where only one is (line {run[0].line})"


def test_there_are_many_and_each_has_a_number_of_its_own() -> None:
    numbers = [int(name.partition("-")[0]) for name in names()]
    assert len(numbers) >= 40
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("name", names())
def test_it_says_what_it_is_in_both_languages(name: str) -> None:
    missing = list(lacking(dialogue(name)))
    assert not missing, f"transcripts/{name}.txt lacks  {';  '.join(missing)}"


NEW = "# title: Hello\n# about: Hello.\n# theme: nothing\n# note: One.\n$ telnet mx.hogefuga.com smtp\n220 x\n"


def test_what_a_new_one_lacks_is_said_line_by_line() -> None:
    found = read(NEW.encode(), format="text")
    assert isinstance(found, Dialogue)
    assert [line.partition(":")[0] for line in lacking(found)] == [
        "# title.ja",
        "# about",  # it says the title again
        "# about.ja",
        "# theme",
        "# note",
    ]
