"""`smtpsim transcript`: the shipped transcripts, and conversion between formats."""

from __future__ import annotations

from typing import Annotated

import typer

from smtpsim.app.completing import formats_read, formats_written, transcripts
from smtpsim.app.options import ForceOption, LangOption
from smtpsim.app.spoken import SpokenCommand, SpokenGroup

app = typer.Typer(cls=SpokenGroup, rich_markup_mode=None)


@app.command("list", cls=SpokenCommand)
def list_shipped(json: Annotated[bool, typer.Option("--json")] = False, lang: LangOption = "") -> None:
    """List the shipped transcripts by theme: name, title, and what each shows."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.transcripts import listing

    environment = real()
    for line in listing(json, chosen_words(lang, environment.variables), environment):
        print(line, file=environment.out)


@app.command("formats", cls=SpokenCommand)
def list_formats(lang: LangOption = "") -> None:
    """List the formats: which are read and written, and what each does not keep."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.transcripts import format_lines

    environment = real()
    for line in format_lines(chosen_words(lang, environment.variables), environment.columns):
        print(line, file=environment.out)


@app.command(cls=SpokenCommand)
def convert(
    name: Annotated[str, typer.Argument(metavar="FILE|NAME", autocompletion=transcripts)],
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", autocompletion=formats_written)],
    output: Annotated[str, typer.Option("--output", "-o", metavar="FILE")] = "",
    form: Annotated[str, typer.Option("--from", metavar="FORMAT", autocompletion=formats_read)] = "",
    keep_secrets: Annotated[bool, typer.Option("--keep-secrets")] = False,
    force: ForceOption = False,
    lang: LangOption = "",
) -> None:
    """Read a dialogue in any known format and write it in another."""
    from smtpsim.app.chosen import chosen_words
    from smtpsim.app.environment import real
    from smtpsim.app.overwriting import cleared
    from smtpsim.app.transcripts import convert

    environment = real()
    say = chosen_words(lang, environment.variables)
    cleared(output, force, say, environment)
    convert(name, form, to, output, keep_secrets, say, environment)
