"""`smtpsim` and `smtpsim repl`: the full screen on a terminal, plain SMTP on a pipe."""

from __future__ import annotations

import typer

from smtpsim.app.options import (
    ClientIpOption,
    CommandsOption,
    HostOption,
    LangOption,
    PupilOption,
    SeedOption,
    ThemeOption,
    WorldOption,
)


def begin(
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    lang: LangOption = "",
    seed: SeedOption = 0,
    theme: ThemeOption = "",
    commands: CommandsOption = False,
    pupil: PupilOption = "",
) -> None:
    """Type SMTP by hand. On a pipe: SMTP in, the server's lines out, as nc would show them."""
    from smtpsim.app import by_hand
    from smtpsim.shell.opening import Choice

    choice = Choice(world, client_ip, host, lang, seed, theme=theme, pupil=pupil)
    raise typer.Exit(by_hand.begin(choice, commands))
