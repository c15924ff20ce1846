"""The commands of the command line, as the option parser holds them."""

from __future__ import annotations

from collections.abc import Iterator

import click
import typer

from smtpsim.app.cli import app


def paths() -> Iterator[tuple[str, ...]]:
    """The words that call each command, () for the program itself."""
    return _paths(typer.main.get_command(app), ())


def _paths(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from _paths(inner, (*path, name))


def context_of(path: tuple[str, ...]) -> click.Context:
    """The context of the command that is called by these words."""
    context = click.Context(typer.main.get_command(app), info_name="smtpsim")
    for name in path:
        assert isinstance(context.command, click.Group)
        context = click.Context(context.command.commands[name], parent=context, info_name=name)
    return context
