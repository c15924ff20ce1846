"""The catalogues themselves: the same in every language, fit to be shown, short enough for their place."""

from __future__ import annotations

import re
import unicodedata
from string import Formatter

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.explain.words import entries, sections
from smtpsim.kernel.printable import printable

SECTIONS = sections("en")

LONGEST = {
    "reply": 110,
    "fault": 120,
    "fate": 110,
    "fact": 70,
    "next": 90,
    "world": 120,
    "spf": 120,
    "explain": 260,
}
"""Columns that a text may take before its fields are filled, by section; a Japanese character takes two."""

OFFERED = {
    "reply": set(),
    "fault": {"column", "found"},
    "fate": {"recipient", "host", "mailbox", "reason", "bounce_to", "hop"},
    "fact": set(),
    "next": set(),
    "world": {"name", "found", "known", "other", "reason", "most"},
    "spf": {"column", "found"},
    "explain": set(),
}
"""The values that the code gives, by section."""

EVERY_TEXT = [(lang, section) for lang in LANGUAGES for section in sections(lang)]


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


COMPLETE = ("en", "ja")
"""The languages that say everything themselves. One that is being written joins them when it does."""


@pytest.mark.parametrize("lang", COMPLETE)
@pytest.mark.parametrize("section", SECTIONS)
def test_a_complete_language_lacks_no_key(section: str, lang: str) -> None:
    lacking = entries("en", section).keys() - entries(lang, section).keys()
    assert not lacking, f"explain/{lang}/{section}.toml lacks: {', '.join(sorted(lacking))}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_language_says_what_english_does_not(lang: str) -> None:
    for section in sections(lang):
        surplus = entries(lang, section).keys() - entries("en", section).keys()
        assert not surplus, f"explain/{lang}/{section}.toml has what English lacks: {', '.join(sorted(surplus))}"


@pytest.mark.parametrize("section", SECTIONS)
def test_every_language_has_the_same_fields(section: str) -> None:
    english = {key: fields(text) for key, text in words("en").section(section).items()}
    for lang in LANGUAGES:
        assert {key: fields(text) for key, text in words(lang).section(section).items()} == english


@pytest.mark.parametrize(("lang", "section"), EVERY_TEXT)
def test_texts_are_lines_of_visible_characters(lang: str, section: str) -> None:
    for key, text in words(lang).section(section).items():
        assert isinstance(text, str), key
        assert text.strip(), key
        assert printable(text.replace("\n", "")) == text.replace("\n", ""), key


@pytest.mark.parametrize(("lang", "section"), [(lang, name) for lang in LANGUAGES for name in LONGEST])
def test_texts_are_one_line_and_fit_their_place(lang: str, section: str) -> None:
    for key, text in words(lang).section(section).items():
        assert columns(text) <= LONGEST[section], key
        assert "\n" not in text, key


@pytest.mark.parametrize(("lang", "section"), [(lang, name) for lang in LANGUAGES for name in OFFERED])
def test_texts_use_only_values_that_the_code_gives(lang: str, section: str) -> None:
    say = words(lang)
    values = dict.fromkeys(OFFERED[section], "VALUE")
    for key, text in say.section(section).items():
        assert fields(text) <= OFFERED[section], key
        filled = say(f"{section}.{key}", **values)
        assert ("VALUE" in filled) == bool(fields(text)), key


JAPANESE = "[\u3040-\u30ff\u4e00-\u9fff]"


@pytest.mark.parametrize("section", LONGEST)
def test_japanese_is_japanese(section: str) -> None:
    """No entry was left in English."""
    for key, text in words("ja").section(section).items():
        assert re.search(JAPANESE, text), key


@pytest.mark.parametrize("section", LONGEST)
def test_japanese_sets_latin_words_apart(section: str) -> None:
    """A space stands between Japanese and Latin words, everywhere alike."""
    touching = re.compile(f"{JAPANESE}[A-Za-z0-9]|[A-Za-z0-9]{JAPANESE}")
    for key, text in words("ja").section(section).items():
        assert not touching.search(text), key
