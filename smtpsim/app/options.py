"""The options that several commands share, each written down once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from smtpsim.explain import LANGUAGES, Words, language, words
from smtpsim.kernel.failure import Failure

WorldOption = Annotated[
    str, typer.Option("--world", metavar="NAME|DIR", help="The world: 'default', or a folder made by 'world init'.")
]
ClientIpOption = Annotated[
    str, typer.Option("--client-ip", metavar="IP", help="The address that the client connects from.")
]
HostOption = Annotated[str, typer.Option("--host", metavar="NAME", help="The simulated host that answers.")]
LangOption = Annotated[
    str, typer.Option("--lang", metavar="|".join(LANGUAGES), help="The language of explanations (SMTP stays as it is).")
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", help="Names in the world are made from this number.")]
ThemeOption = Annotated[
    str,
    typer.Option(
        "--theme",
        metavar="NAME",
        help="The colours of the screen: plain, dark, light, high-contrast, colour-blind. Else guessed from COLORFGBG.",
    ),
]
CommandsOption = Annotated[
    bool,
    typer.Option("--commands", help="On a pipe: lines that start with ':' are simulator commands, not SMTP."),
]


PupilOption = Annotated[
    str, typer.Option("--as", metavar="NAME", help="Who you are: ':save' writes it into the session, for 'grade'.")
]


def chosen_words(lang: str, variables: Mapping[str, str]) -> Words:
    """The words of `--lang`, or of the language that the environment asks for."""
    if not lang:
        return words(language(variables))
    if lang not in LANGUAGES:
        raise Failure(words("en")("cli.unknown-language", found=lang, known=", ".join(LANGUAGES)))
    return words(lang)


def chosen_theme(theme: str, variables: Mapping[str, str], say: Words) -> str:
    """The theme of `--theme`, or the one that the terminal's ground asks for."""
    from smtpsim.render.theme import THEMES, guessed

    if theme and theme not in THEMES:
        raise Failure(say("cli.unknown-theme", found=theme, known=", ".join(THEMES)))
    return theme or guessed(variables)
