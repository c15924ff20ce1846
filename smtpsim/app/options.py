"""The options that several commands share, each written down once."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.completing import hosts, languages, themes
from smtpsim.explain import LANGUAGES

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
