"""How words are looked up, filled and chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.explain import LANGUAGES, Words, language, words
from smtpsim.kernel.printable import printable


def test_a_key_is_a_section_and_an_entry() -> None:
    assert words("en")("fault.empty-line") == words("en").section("fault")["empty-line"]


def test_an_entry_may_have_dots_in_its_name() -> None:
    assert words("en").has("explain.enhanced-5.1.1")


@pytest.mark.parametrize("key", ["fault.no-such-entry", "no-such-section.x", "fault", ""])
def test_a_key_that_there_is_not(key: str) -> None:
    assert not words("en").has(key)
    with pytest.raises(KeyError):
        words("en")(key)


def test_a_missing_value_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        words("en")("fault.unknown-verb", column=1)


def test_a_percent_sign_and_braces_can_be_said() -> None:
    text = words("en")("spf.fault-macro-syntax", column=9, found="%{d")
    assert "%{d}" in text
    assert "'%{d'" in text


@given(st.text())
def test_values_bring_no_control_characters(found: str) -> None:
    for lang in LANGUAGES:
        text = words(lang)("fault.unknown-verb", column=1, found=found)
        assert printable(text) == text
        assert "\n" not in text


def test_a_value_is_never_taken_for_a_format() -> None:
    assert "{column}" in words("en")("fault.unknown-verb", column=1, found="{column}")


def test_words_of_an_unknown_language() -> None:
    with pytest.raises(LookupError):
        words("tlh")


def test_words_are_made_once() -> None:
    assert words("ja") is words("ja")
    assert isinstance(words("ja"), Words)


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja"}, "ja"),
        ({"LANG": "JA_JP"}, "ja"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
    ],
)
def test_the_language_that_the_environment_asks_for(environment: dict[str, str], wanted: str) -> None:
    assert language(environment) == wanted
