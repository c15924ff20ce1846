"""`smtpsim replay`: a recorded dialogue, played again against the simulation."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.completing import formats_read, transcripts
from smtpsim.app.options import (
    ClientIpOption,
    ForceOption,
    HostOption,
    LangOption,
    SeedOption,
    ThemeOption,
    WorldOption,
)

_FORMS = "FILE.html|.svg|.cast|.md|.eml|.mbox|DIR/"


Names = Annotated[list[str], typer.Argument(metavar="FILE|NAME...", autocompletion=transcripts)]
Step = Annotated[bool, typer.Option("--step")]
Speed = Annotated[
    float | None,
    typer.Option("--speed", metavar="X"),
]
Loop = Annotated[bool, typer.Option("--loop")]
Large = Annotated[bool, typer.Option("--large")]
Compare = Annotated[bool, typer.Option("--compare")]
Instant = Annotated[bool, typer.Option("--instant")]
Check = Annotated[bool, typer.Option("--check")]
Junit = Annotated[str, typer.Option("--junit", metavar="FILE")]
AsRecorded = Annotated[bool, typer.Option("--as-recorded")]
Json = Annotated[bool, typer.Option("--json")]
Panel = Annotated[bool, typer.Option("--panel")]
Export = Annotated[
    str,
    typer.Option(
        "--export",
        metavar=_FORMS,
    ),
]
Paper = Annotated[str, typer.Option("--paper", metavar="worksheet|key|explained")]
From = Annotated[str, typer.Option("--from", metavar="FORMAT", autocompletion=formats_read)]
KeepSecrets = Annotated[bool, typer.Option("--keep-secrets")]


def replay(
    names: Names,
    step: Step = False,
    speed: Speed = None,
    loop: Loop = False,
    large: Large = False,
    comparing: Compare = False,
    instant: Instant = False,
    check: Check = False,
    junit: Junit = "",
    as_recorded: AsRecorded = False,
    json: Json = False,
    panel: Panel = False,
    export: Export = "",
    paper: Paper = "",
    form: From = "",
    keep_secrets: KeepSecrets = False,
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    force: ForceOption = False,
    lang: LangOption = "",
    seed: SeedOption = 0,
    theme: ThemeOption = "",
) -> None:
    """Play recorded dialogues against the simulation, turn by turn."""
    from smtpsim.app.chosen import chosen_theme, chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.overwriting import cleared
    from smtpsim.app.replay.combinations import Wanted
    from smtpsim.app.replay.run import run
    from smtpsim.shell.exporting import FOLDER
    from smtpsim.shell.opening import Choice

    environment = real()
    say = chosen_words(lang, environment.variables)
    for path in (export, junit):
        cleared("" if path.endswith(FOLDER) else path, force, say, environment)
    outputs = {"check": check or junit != "", "json": json, "panel": panel}
    wanted = Wanted(
        tuple(names),
        Choice(world, client_ip, host, lang, seed, theme=chosen_theme(theme, environment.variables, say)),
        form,
        tuple(name for name, asked in outputs.items() if asked),
        step,
        comparing,
        loop,
        large,
        instant,
        as_recorded,
        keep_secrets,
        speed,
        export,
        junit,
        paper,
    )
    raise typer.Exit(run(wanted, say, environment))
