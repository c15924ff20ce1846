"""`smtpsim world`: show a world, check an edited one, write a copy to edit."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.options import LangOption
from smtpsim.app.spoken import SpokenCommand, SpokenGroup

app = typer.Typer(cls=SpokenGroup, rich_markup_mode=None)

WorldArgument = Annotated[str, typer.Argument(metavar="[NAME|DIR]")]


@app.command(cls=SpokenCommand)
def show(world: WorldArgument = "", lang: LangOption = "") -> None:
    """List the hosts, their mailboxes, and the DNS records."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.render.world import world_lines
    from smtpsim.shell.chosen_world import open_world

    environment = real()
    say = chosen_words(lang, environment.variables)
    for line in world_lines(open_world(world, say), say):
        print(line, file=environment.out)


@app.command(cls=SpokenCommand)
def check(world: WorldArgument = "", lang: LangOption = "") -> None:
    """Read a world's files and report every mistake with its file and line."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.shell.chosen_world import chosen_source, told
    from smtpsim.world.load import load_world
    from smtpsim.world.model import World

    environment = real()
    say = chosen_words(lang, environment.variables)
    source = chosen_source(world)
    loaded = load_world(source)
    if not isinstance(loaded, World):
        for fault in loaded:
            print(told(fault, say), file=environment.err)
        raise typer.Exit(2)
    counts = {"hosts": len(loaded.hosts), "mailboxes": len(loaded.mailboxes)}
    records = sum(len(answer.records) for answer in loaded.zones.rrsets.values())
    print(say("cli.world-good", name=source.shown, records=records, **counts), file=environment.out)


@app.command(cls=SpokenCommand)
def init(
    directory: Annotated[str, typer.Argument(metavar="DIR")],
    lang: LangOption = "",
) -> None:
    """Write the shipped world to a folder, to be edited there."""
    import os
    import shutil

    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.disk.writing import put_folder
    from smtpsim.kernel.failure import Failure
    from smtpsim.shell.reading import why
    from smtpsim.world.load import shipped

    environment = real()
    say = chosen_words(lang, environment.variables)
    try:
        if os.path.isdir(directory) and os.listdir(directory):
            raise Failure(say("cli.folder-not-empty", name=directory))
        put_folder(directory, lambda path: shutil.copytree(shipped().path, path))
    except OSError as wrong:
        raise Failure(say("cli.unwritable", name=directory, reason=why(wrong, say))) from wrong
    print(say("cli.world-written", name=directory), file=environment.out)
