"""How words are looked up, filled and chosen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import smtpsim
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


BUILT = Path(smtpsim.__file__).parent


@pytest.fixture(scope="module")
def with_languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with a folder `fr` that says one thing its own way, and an empty `pt-BR`."""
    site = tmp_path_factory.mktemp("site")
    package = shutil.copytree(BUILT, site / "smtpsim", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(BUILT.parent / "transcripts", site / "transcripts")
    (package / "explain/pt-BR").mkdir()
    (package / "explain/fr").mkdir()
    (package / "explain/fr/next.toml").write_text('start = "Bonjour : EHLO ou HELO."\n', encoding="utf-8")
    (package / "explain/fr/panel.toml").write_text('envelope = "Enveloppe"\n', encoding="utf-8")
    return site


def run_there(site: Path, *words_: str, **environment: str) -> str:
    """What a program of that copy writes."""
    variables = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    done = subprocess.run(
        [sys.executable, *words_], env=variables, cwd=site, capture_output=True, timeout=60, check=True
    )
    return done.stdout.decode()


def test_a_folder_is_a_language(with_languages: Path) -> None:
    said = run_there(
        with_languages, "-c", "from smtpsim.explain import *; print(*LANGUAGES, words('fr')('next.start'))"
    )
    assert said == "en fr ja pt-BR Bonjour : EHLO ou HELO.\n"


def test_what_a_language_lacks_is_said_in_english(with_languages: Path) -> None:
    panel = run_there(with_languages, "-m", "smtpsim", "replay", "first-mail", "--panel", "--lang", "fr")
    assert "Enveloppe" in panel
    assert words("en")("panel.outcome") in panel


@pytest.mark.parametrize(
    ("locale", "wanted"), [("fr_CA.UTF-8", "fr"), ("pt_BR.UTF-8", "pt-BR"), ("pt_PT", "en"), ("fr@euro", "fr")]
)
def test_the_environment_may_ask_for_any_of_them(with_languages: Path, locale: str, wanted: str) -> None:
    program = f"from smtpsim.explain import language; print(language({{'LANG': {locale!r}}}))"
    assert run_there(with_languages, "-c", program) == f"{wanted}\n"
