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
    from smtpsim.app.environment import real
    from smtpsim.app.options import chosen_theme, chosen_words
    from smtpsim.shell.opening import Choice, open_session

    environment = real()
    say = chosen_words(lang, environment.variables)
    colours = chosen_theme(theme, environment.variables, say)
    choice = Choice(world, client_ip, host, lang, seed, theme=colours, pupil=pupil)
    first = open_session(choice, say)
    if environment.interactive:
        from smtpsim.app.tui.run import run

        raise typer.Exit(run(first, say.lang, choice))
    from smtpsim.app.pipe import serve, unencrypted

    first = unencrypted(first)
    if not commands:
        serve(first, environment.source, environment.sink)
        return
    from smtpsim.app.pipe_commands import GRANTED, Commands, serve_with_commands
    from smtpsim.shell.shell import Shell

    shell = Shell(first, say, choice, GRANTED)
    serve_with_commands(Commands(shell, environment), environment.source, environment.sink)
