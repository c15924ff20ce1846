"""The options that several commands share, each written down once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from smtpsim.app.completing import hosts, languages, themes
from smtpsim.explain import LANGUAGES, Words, language, words
from smtpsim.kernel.failure import Failure

WorldOption = Annotated[str, typer.Option("--world", metavar="NAME|DIR")]
ClientIpOption = Annotated[str, typer.Option("--client-ip", metavar="IP")]
HostOption = Annotated[str, typer.Option("--host", metavar="NAME", autocompletion=hosts)]
LangOption = Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), autocompletion=languages)]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N")]
ThemeOption = Annotated[
    str,
    typer.Option(
        "--theme",
        metavar="NAME",
        autocompletion=themes,
    ),
]
ForceOption = Annotated[bool, typer.Option("--force")]
CommandsOption = Annotated[
    bool,
    typer.Option("--commands"),
]


PupilOption = Annotated[str, typer.Option("--as", metavar="NAME")]


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
