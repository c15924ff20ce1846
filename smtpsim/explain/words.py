"""Looks words up by key: `fault.colon-missing` is the entry `colon-missing` of `LANGUAGE/fault.toml`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache

from smtpsim.kernel.printable import printable

LANGUAGES = ("en", "ja")

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables that name the language of messages, the strongest first (POSIX XBD 8.2)."""

_HERE = os.path.dirname(os.path.abspath(__file__))


class Words:
    """The words of one language. A section is read from its file when its first key is asked for."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

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
        """All entries of one section, {} when there is no such section."""
        return _section(self.lang, name)


@cache
def words(lang: str) -> Words:
    """The words of a language. Raises LookupError for one that there are no words in."""
    if lang not in LANGUAGES:
        raise LookupError(lang)
    return Words(lang)


def language(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, English when it is none of ours."""
    wanted = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    found = wanted.partition("_")[0].partition(".")[0].lower()
    return found if found in LANGUAGES else "en"


def sections(lang: str) -> tuple[str, ...]:
    """The sections that a language has a file for."""
    names = os.listdir(os.path.join(_HERE, lang))
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def _section(lang: str, name: str) -> Mapping[str, str]:
    import tomllib

    try:
        with open(os.path.join(_HERE, lang, f"{name}.toml"), "rb") as file:
            entries: Mapping[str, str] = tomllib.load(file)
    except FileNotFoundError:
        return {}
    return entries
