"""`smtpsim replay`: a recorded dialogue, played again against the simulation."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import ClientIpOption, HostOption, LangOption, SeedOption, WorldOption

SLOWEST = 0.01
"""The least that --speed takes: a slower replay would seem to have stopped."""


def replay(
    names: Annotated[list[str], typer.Argument(metavar="FILE|NAME...", help="Transcripts, shipped ones by name.")],
    step: Annotated[
        bool, typer.Option("--step", help="One turn a key press: space or right goes on, left goes back.")
    ] = False,
    speed: Annotated[
        float | None,
        typer.Option("--speed", metavar="X", help="Type X times as fast as a person; with --step at each key press."),
    ] = None,
    loop: Annotated[bool, typer.Option("--loop", help="With --step: play by itself, again and again.")] = False,
    large: Annotated[bool, typer.Option("--large", help="With --step: less at once, for a large room.")] = False,
    comparing: Annotated[
        bool, typer.Option("--compare", help="Two recordings side by side, and where they part.")
    ] = False,
    instant: Annotated[bool, typer.Option("--instant", help="No pauses.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare the reply codes; exit status 1 when one differs.")
    ] = False,
    junit: Annotated[
        str, typer.Option("--junit", metavar="FILE", help="Check, and write the outcome as JUnit XML for a CI server.")
    ] = "",
    as_recorded: Annotated[
        bool, typer.Option("--as-recorded", help="The file's replies are the truth, and the panel is built from them.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a turn.")] = False,
    panel: Annotated[bool, typer.Option("--panel", help="Print the final panel.")] = False,
    export: Annotated[
        str,
        typer.Option(
            "--export",
            metavar="FILE.html|.svg|.cast|.md|.eml|.mbox|DIR/",
            help="Write a page with every step, the last screen, a recording of the terminal, a handout, the letter, "
            "or the mailboxes it reached (mbox, Maildir).",
        ),
    ] = "",
    form: Annotated[
        str, typer.Option("--from", metavar="FORMAT", help="The files' format; else their content tells.")
    ] = "",
    keep_secrets: Annotated[bool, typer.Option("--keep-secrets", help="Show what AUTH sent.")] = False,
    world: WorldOption = "",
    client_ip: ClientIpOption = "",
    host: HostOption = "",
    lang: LangOption = "",
    seed: SeedOption = 0,
) -> None:
    """Play recorded dialogues against the simulation, turn by turn."""
    from smtpsim.app import checking, playing
    from smtpsim.app.environment import real
    from smtpsim.app.presentation import Wanted, refuse_wrong
    from smtpsim.app.wording import chosen_words
    from smtpsim.kernel.failure import Failure
    from smtpsim.shell.opening import Choice

    environment = real()
    say = chosen_words(lang, environment.variables)
    if speed is not None and not speed >= SLOWEST:
        raise Failure(say("cli.bad-speed", found=speed, least=SLOWEST))
    outputs = {"check": check or junit != "", "json": json, "panel": panel}
    chosen = tuple(name for name, wanted in outputs.items() if wanted)
    refuse_wrong(Wanted(step, loop, large, comparing, len(names), (*chosen, *(["export"] if export else []))), say)
    if export and len(names) > 1:
        raise Failure(say("cli.export-one"))
    if as_recorded and outputs["check"]:
        raise Failure(say("cli.as-recorded-check"))
    choice = Choice(world, client_ip, host, lang, seed)
    plan = checking.Plan(form, choice, as_recorded, keep_secrets)
    if comparing:
        from smtpsim.app.comparing import compare_two

        compare_two([checking.opened(name, plan, say) for name in names], step, say, environment)
        raise typer.Exit
    if step:
        from smtpsim.app.repl.present import Manner, Pace
        from smtpsim.app.stepping import step_through

        manner = Manner(Pace(speed or 0.0, loop), large)
        recordings = [checking.opened(name, plan, say) for name in names]
        raise typer.Exit(step_through(recordings, manner, choice, say, environment))
    if export:
        playing.export_last(checking.opened(names[0], plan, say), export, say)
        if not chosen:
            raise typer.Exit
    chosen = chosen or ("dialogue",)
    pace = None if instant or chosen != ("dialogue",) or not environment.interactive else speed or 1.0
    checked = checking.play_all(names, plan, playing.Output(chosen, pace, environment), say)
    if junit:
        checking.write_junit(junit, checked, say)
    raise typer.Exit(checking.status(checked, outputs["check"]))
