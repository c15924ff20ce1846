"""`smtpsim grade`: what recorded sessions reached of a task."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import LangOption, WorldOption


def grade(
    files: Annotated[list[str], typer.Argument(metavar="FILE...")],
    task: Annotated[
        str,
        typer.Option(
            "--task",
            metavar="NAME|FILE",
        ),
    ] = "",
    json: Annotated[bool, typer.Option("--json")] = False,
    csv: Annotated[bool, typer.Option("--csv")] = False,
    html: Annotated[bool, typer.Option("--html")] = False,
    world: WorldOption = "",
    lang: LangOption = "",
) -> None:
    """Replay recorded sessions and say which goals each reached; exit status 1 when any is missed."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.grading import FORMS, Wanted, grades
    from smtpsim.kernel.failure import Failure
    from smtpsim.shell.opening import Choice

    environment = real()
    say = chosen_words(lang, environment.variables)
    chosen = [name for name, wanted in (("json", json), ("csv", csv), ("html", html)) if wanted]
    if len(chosen) > 1:
        raise Failure(say("lesson.one-form"))
    found = grades(Wanted(files, task, Choice(world=world)), say)
    for line in FORMS[chosen[0] if chosen else "table"](found, say):
        print(line, file=environment.out)
    if not all(one.passed for one in found):
        raise typer.Exit(1)
