"""The words of mail, by `:explain`."""

from __future__ import annotations

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.views.code import code
from smtpsim.views.glossary import TERMS, term_names

ASKED = [
    ("envelope", "envelope", "RFC 5321 2.3.1"),
    ("Header", "header", "RFC 5322 2.2"),
    ("bounce", "bounce", "RFC 5321 6.1"),
    ("relay", "relay", "RFC 5321 2.3.10"),
    ("MX", "mx", "RFC 5321 5.1"),
    ("spf", "spf", "RFC 7208 1"),
    ("alignment", "alignment", "RFC 9989 4.4"),
    ("backscatter", "backscatter", "RFC 5321 6.1"),
    ("suppression list", "suppression-list", ""),
    ("suppression-list", "suppression-list", ""),
    ("DSN", "dsn", "RFC 3464 2"),
    ("mdn", "mdn", "RFC 8098 1"),
    ("エンベロープ", "envelope", "RFC 5321 2.3.1"),
    ("なりすまし", "spoofing", "RFC 5321 7.1"),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("asked", "key", "cited"), ASKED)
def test_a_word_is_explained_with_its_section(asked: str, key: str, cited: str, lang: str) -> None:
    """Whatever language it is asked in, it is answered in that of the session."""
    say = words(lang)
    page = code(asked, say)
    assert page is not None
    first = page.sections[0].rows[0]
    assert (page.title, first.value, first.remark.replace("\N{NO-BREAK SPACE}", " ")) == (
        say(f"glossary.{key}-name"),
        say(f"glossary.{key}"),
        cited,
    )


def test_a_word_that_is_also_a_keyword_is_told_as_both() -> None:
    page = code("DSN", words("en"))
    assert page is not None
    assert [row.key for row in page.sections[0].rows] == ["glossary-dsn", "explain.extension-dsn"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_finds_its_word(lang: str) -> None:
    assert all(code(name, words("en")) for name in term_names(words(lang)))
    assert set(words(lang).section("glossary")) == {*TERMS, *(f"{key}-name" for key in TERMS)}
