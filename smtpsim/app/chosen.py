"""What `--lang` and `--theme` choose, and what the environment does where they are not given."""

from __future__ import annotations

from collections.abc import Mapping

from smtpsim.explain import LANGUAGES, Words, language, words
from smtpsim.kernel.failure import Failure


def chosen_words(lang: str, variables: Mapping[str, str]) -> Words:
    """The words of `--lang`, or of the language that the environment asks for."""
    if not lang:
        return words(language(variables))
    if lang not in LANGUAGES:
        raise Failure(words(language(variables))("cli.unknown-language", found=lang, known=", ".join(LANGUAGES)))
    return words(lang)


def chosen_theme(theme: str, variables: Mapping[str, str], say: Words) -> str:
    """The theme of `--theme`, or the one that the terminal's ground asks for."""
    from smtpsim.render.theme import THEMES, guessed

    if theme and theme not in THEMES:
        raise Failure(say("cli.unknown-theme", found=theme, known=", ".join(THEMES)))
    return theme or guessed(variables)
