"""Looks words up by key: `fault.colon-missing` is the entry `colon-missing` of `LANGUAGE/fault.toml`.

The words of one verb or extension of SMTP stand together in `LANGUAGE/verbs.toml`, each under its section's name.

A language is a folder beside this file, named by its tag (`ja`, `pt-BR`: BCP 47); nothing else has to know of it. What
it has no words for yet is said in English, so that a translation can be used, and grow, from its first file.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from smtpsim.kernel.printable import printable

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name the language of messages, the strongest first (POSIX XBD 8.2)."""

_HERE = os.path.dirname(os.path.abspath(__file__))


def _found() -> tuple[str, ...]:
    with os.scandir(_HERE) as entries:
        folders = [entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(("_", "."))]
    return tuple(sorted(folders, key=lambda tag: (tag != "en", tag)))


LANGUAGES = _found()
"""The tags of the languages that there is a folder for, English first."""


class Words:
    """The words of one language. A section is read from its file when its first key is asked for."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._sections: dict[str, Mapping[str, str]] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of a key with its `{fields}` filled. Raises KeyError for a key that there is not.

        What strangers wrote stands in `values`: it can add neither lines nor control characters.
        """
        section, _, name = key.partition(".")
        text = self.section(section)[name]
        if "{" not in text:
            return text
        return text.format_map({field: printable(str(value)) for field, value in values.items()})

    def has(self, key: str) -> bool:
        section, _, name = key.partition(".")
        return name in self.section(section)

    def section(self, name: str) -> Mapping[str, str]:
        """All entries of one section, those that the language lacks in English; {} when there is no such section."""
        found = self._sections.get(name)
        if found is None:
            found = self._sections[name] = entries("en", name) | entries(self.lang, name)
        return found


@cache
def words(lang: str) -> Words:
    """The words of a language. Raises LookupError for one that there are no words in."""
    if lang not in LANGUAGES:
        raise LookupError(lang)
    return Words(lang)


def language(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, English when it is none of ours."""
    wanted = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    tag = wanted.partition(".")[0].partition("@")[0].replace("_", "-").lower()
    ours = {name.lower(): name for name in LANGUAGES}
    return ours.get(tag) or ours.get(tag.partition("-")[0]) or "en"


def sections(lang: str) -> tuple[str, ...]:
    """The sections that a language has a file for."""
    names = os.listdir(os.path.join(_HERE, lang))
    files = {name.removesuffix(".toml") for name in names if name.endswith(".toml")}
    return tuple(sorted(files - {_VERBS}))


_VERBS = "verbs"
"""The file that is no section, but holds words of several."""


@cache
def entries(lang: str, name: str) -> dict[str, str]:
    """All that one language says in one section, the words of SMTP's verbs among it; {} when it says nothing there."""
    found: dict[str, str] = _read(lang, name)
    for of_verb in _read(lang, _VERBS).values() if name in _WITH_VERBS else ():
        found = found | of_verb.get(name, {})
    return found


_WITH_VERBS = frozenset({"explain", "fact", "fault", "reply"})
"""The sections that verbs bring words for: for the others the file of the verbs need not be read."""


@cache
def _read(lang: str, name: str) -> dict[str, Any]:
    """A file of one language, {} when there is no such file."""
    import tomllib

    try:
        with open(os.path.join(_HERE, lang, f"{name}.toml"), "rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
