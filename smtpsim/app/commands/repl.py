"""`smtpsim` and `smtpsim repl`: the full screen on a terminal, plain SMTP on a pipe."""

from __future__ import annotations

import typer

from smtpsim.app.options import (
    ClientIpOption,
    CommandsOption,
    HostOption,
    LangOption,
    SeedOption,
    WorldOption,
)


def begin(
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    lang: LangOption = "",
    seed: SeedOption = 0,
    commands: CommandsOption = False,
) -> None:
    """Type SMTP by hand. On a pipe: SMTP in, the server's lines out, as nc would show them."""
    from smtpsim.app.environment import real
    from smtpsim.app.opening import Choice, chosen_words, open_session
    from smtpsim.kernel.printable import printable

    environment = real()
    say = chosen_words(lang, environment.variables)
    choice = Choice(world, client_ip, host, lang, seed)
    first = open_session(choice, say)
    if environment.interactive:
        from smtpsim.app.repl.run import run

        raise typer.Exit(run(first, say.lang, choice))
    from smtpsim.app.pipe import SMTP_ONLY, serve, unencrypted, with_commands

    def complain(line: str) -> None:
        typer.echo(say("cli.bad-command", line=printable(line)), err=True)

    manner = with_commands(complain) if commands else SMTP_ONLY
    serve(unencrypted(first), environment.source, environment.sink, manner)
