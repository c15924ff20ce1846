"""The options that several commands share, each written down once."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.explain import LANGUAGES

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
CommandsOption = Annotated[
    bool,
    typer.Option("--commands", help="On a pipe: lines that start with ':' are simulator commands, not SMTP."),
]
