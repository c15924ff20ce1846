"""The language that the program speaks to the person at it."""

from __future__ import annotations

from collections.abc import Mapping

from smtpsim.explain import LANGUAGES, Words, language, words
from smtpsim.kernel.failure import Failure


def chosen_words(lang: str, variables: Mapping[str, str]) -> Words:
    """The words of `--lang`, or of the language that the environment asks for."""
    if not lang:
        return words(language(variables))
    if lang not in LANGUAGES:
        raise Failure(words("en")("cli.unknown-language", found=lang, known=", ".join(LANGUAGES)))
    return words(lang)
