"""`smtpsim class`: pupils in browsers, by telnet or nc, and the teacher's wall."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import ClientIpOption, HostOption, LangOption, SeedOption, WorldOption

Task = Annotated[str, typer.Argument(metavar="[LESSON]")]
Listen = Annotated[str, typer.Option("--listen", metavar="HOST:PORT")]
Smtp = Annotated[str, typer.Option("--smtp", metavar="HOST:PORT")]
Names = Annotated[str, typer.Option("--names", metavar="FILE")]
Record = Annotated[str, typer.Option("--record", metavar="DIR")]
Keep = Annotated[str, typer.Option("--keep", metavar="DIR")]
Cert = Annotated[str, typer.Option("--cert", metavar="FILE")]
Key = Annotated[str, typer.Option("--key", metavar="FILE")]
Demo = Annotated[int, typer.Option("--demo", metavar="N", min=0, max=200)]
Shared = Annotated[bool, typer.Option("--shared-world")]
Allow = Annotated[str, typer.Option("--allow", metavar="NAMES")]
Quiet = Annotated[bool, typer.Option("--quiet")]


def classroom(
    task: Task = "",
    listen: Listen = "127.0.0.1:8026",
    smtp: Smtp = "",
    names: Names = "",
    record: Record = "",
    keep: Keep = "",
    cert: Cert = "",
    key: Key = "",
    demo: Demo = 0,
    shared_world: Shared = False,
    allow: Allow = "",
    quiet: Quiet = False,
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    lang: LangOption = "",
    seed: SeedOption = 0,
) -> None:
    """Hold a class: pupils join by a code and type SMTP in their browsers; the wall shows who is where."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.kernel.failure import Failure
    from smtpsim.shell.opening import Choice

    environment = real()
    say = chosen_words(lang, environment.variables)
    try:
        from smtpsim.app.classroom.run import Wanted, run
    except ModuleNotFoundError as wrong:
        raise Failure(say("class.no-aiohttp")) from wrong
    choice = Choice(world, client_ip, host, lang, seed)
    wanted = Wanted(task, listen, smtp, names, record, keep, cert, key, demo, quiet, choice, shared_world, allow)
    raise typer.Exit(run(wanted, say, environment))
