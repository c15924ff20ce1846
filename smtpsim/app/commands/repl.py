"""`smtpsim` and `smtpsim repl`: the full screen on a terminal, plain SMTP on a pipe."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

import typer

from smtpsim.app.options import (
    ClientIpOption,
    CommandsOption,
    HostOption,
    LangOption,
    SeedOption,
    WorldOption,
)

if TYPE_CHECKING:
    from smtpsim.explain import Words
    from smtpsim.session.orders import Refused


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
    from smtpsim.app.opening import Choice, open_session
    from smtpsim.app.wording import chosen_words

    environment = real()
    say = chosen_words(lang, environment.variables)
    choice = Choice(world, client_ip, host, lang, seed)
    first = open_session(choice, say)
    if environment.interactive:
        from smtpsim.app.repl.run import run

        raise typer.Exit(run(first, say.lang, choice))
    from smtpsim.app.pipe import SMTP_ONLY, serve, unencrypted, with_commands

    manner = with_commands(_complaint(say, environment.err)) if commands else SMTP_ONLY
    serve(unencrypted(first), environment.source, environment.sink, manner)


def _complaint(say: Words, err: TextIO) -> Callable[[str, Refused], None]:
    """Says of a line why it was not carried out, beside the dialogue."""
    from smtpsim.app.refusal import told
    from smtpsim.kernel.printable import printable

    def complain(line: str, refused: Refused) -> None:
        print(f"{printable(line)}: {told(refused, say)}", file=err, flush=True)

    return complain
