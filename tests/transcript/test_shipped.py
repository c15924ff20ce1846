"""Every shipped transcript says in its head what it is, in both languages, and so do its notes."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from smtpsim.explain import words
from smtpsim.transcript import Dialogue, Note, read
from smtpsim.transcript.shipped import find, names

JAPANESE = "ja"


def dialogue(name: str) -> Dialogue:
    found = read(Path(find(name)).read_bytes(), name=name, format="text")
    assert isinstance(found, Dialogue)
    return found


def test_there_are_many_and_each_has_a_number_of_its_own() -> None:
    numbers = [int(name.partition("-")[0]) for name in names()]
    assert len(numbers) >= 40
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("key", ["title", "about"])
def test_title_and_what_it_shows_in_both_languages(name: str, key: str) -> None:
    english, japanese = dialogue(name).directive(key), dialogue(name).directive(f"{key}.{JAPANESE}")
    assert english
    assert english.isascii()
    assert japanese


@pytest.mark.parametrize("name", names())
def test_what_it_shows_is_one_sentence_and_not_the_title_again(name: str) -> None:
    found = dialogue(name)
    assert found.directive("about").endswith(".")
    assert found.directive("about.ja").endswith("。")
    assert found.directive("about").rstrip(".") != found.directive("title")


@pytest.mark.parametrize("name", names())
def test_the_theme_is_one_that_the_list_has(name: str) -> None:
    assert dialogue(name).directive("theme") in words("en").section("theme")


@pytest.mark.parametrize("name", names())
def test_notes_stand_in_both_languages_wherever_they_stand(name: str) -> None:
    runs = [
        {note.lang for note in run if isinstance(note, Note)}
        for remark, run in groupby(dialogue(name).entries, lambda entry: isinstance(entry, Note))
        if remark
    ]
    assert runs
    assert all(run == {"", JAPANESE} for run in runs)
