"""The catalogue of POP3: words in every language for all that the code can say, and for nothing else."""

from __future__ import annotations

import re
import unicodedata

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.protocol.pop3 import fault, replies
from smtpsim.protocol.pop3.facts import FACT_KEYS
from smtpsim.protocol.pop3.state import Phase
from smtpsim.protocol.pop3.table import VERBS

SAID = {
    "reply-": set(replies.RULES),
    "fault-": set(fault.RULES),
    "next-": {str(phase) for phase in Phase},
    "fact-": set(FACT_KEYS),
    "verb-": set(VERBS),
    "hung-": {"up"},
}

LONGEST = {"reply-": 110, "fault-": 120, "next-": 90, "fact-": 70, "verb-": 260, "hung-": 120}
"""Columns that a text may take; a Japanese character takes two."""


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_key_has_words_and_no_words_are_left_over(lang: str) -> None:
    keys = {prefix + key for prefix, found in SAID.items() for key in found}
    assert words(lang).section("pop3").keys() == keys


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_fit_their_place(lang: str) -> None:
    for key, text in words(lang).section("pop3").items():
        prefix = f"{key.partition('-')[0]}-"
        assert columns(text) <= LONGEST[prefix], (key, columns(text))
        filled = words(lang)(f"pop3.{key}", column=3, found="X")
        assert "{" not in filled
        assert prefix == "fault-" or filled == text


def test_faults_are_named_for_their_protocol() -> None:
    assert all(key.startswith("pop3-") for key in fault.RULES)


@pytest.mark.parametrize("key", sorted(words("ja").section("pop3")))
def test_japanese_is_japanese_and_sets_latin_words_apart(key: str) -> None:
    text = words("ja")(f"pop3.{key}", column=3, found="X")
    letter = "[\u3040-\u30ff\u4e00-\u9fff]"
    assert re.search(letter, text)
    assert not re.search(f"{letter}[A-Za-z0-9]|[A-Za-z0-9]{letter}", text)
