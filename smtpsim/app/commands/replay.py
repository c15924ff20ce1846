"""`smtpsim replay`: a recorded dialogue, played again against the simulation."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import ClientIpOption, HostOption, LangOption, SeedOption, ThemeOption, WorldOption

_FORMS = "FILE.html|.svg|.cast|.md|.eml|.mbox|DIR/"


Names = Annotated[list[str], typer.Argument(metavar="FILE|NAME...", help="Transcripts, shipped ones by name.")]
Step = Annotated[bool, typer.Option("--step", help="One turn a key press: space or right goes on, left goes back.")]
Speed = Annotated[
    float | None,
    typer.Option("--speed", metavar="X", help="Type X times as fast as a person; with --step at each key press."),
]
Loop = Annotated[bool, typer.Option("--loop", help="With --step: play by itself, again and again.")]
Large = Annotated[bool, typer.Option("--large", help="With --step: less at once, for a large room.")]
Compare = Annotated[bool, typer.Option("--compare", help="Two recordings side by side, and where they part.")]
Instant = Annotated[bool, typer.Option("--instant", help="No pauses.")]
Check = Annotated[bool, typer.Option("--check", help="Compare the reply codes; exit status 1 when one differs.")]
Junit = Annotated[
    str, typer.Option("--junit", metavar="FILE", help="Check, and write the outcome as JUnit XML for a CI server.")
]
AsRecorded = Annotated[
    bool, typer.Option("--as-recorded", help="The file's replies are the truth, and the panel is built from them.")
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object a turn.")]
Panel = Annotated[bool, typer.Option("--panel", help="Print the final panel.")]
Export = Annotated[
    str,
    typer.Option(
        "--export",
        metavar=_FORMS,
        help="Write a page with every step, the last screen, a recording of the terminal, a handout, the letter, "
        "or the mailboxes it reached (mbox, Maildir).",
    ),
]
From = Annotated[str, typer.Option("--from", metavar="FORMAT", help="The files' format; else their content tells.")]
KeepSecrets = Annotated[bool, typer.Option("--keep-secrets", help="Show what AUTH sent.")]


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
    form: From = "",
    keep_secrets: KeepSecrets = False,
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    lang: LangOption = "",
    seed: SeedOption = 0,
    theme: ThemeOption = "",
) -> None:
    """Play recorded dialogues against the simulation, turn by turn."""
    from smtpsim.app.environment import real
    from smtpsim.app.options import chosen_theme, chosen_words
    from smtpsim.app.replay.combinations import Wanted
    from smtpsim.app.replay.run import run
    from smtpsim.shell.opening import Choice

    environment = real()
    say = chosen_words(lang, environment.variables)
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
    )
    raise typer.Exit(run(wanted, say, environment))
