"""Options that stand before a command hold for it as if they stood behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import click
import typer

from smtpsim.app.spoken import words_of
from smtpsim.kernel.failure import Failure


def pass_on(context: typer.Context) -> None:
    """Make what was given before the command its defaults. Raises Failure where it has no such option."""
    name = context.invoked_subcommand or ""
    given = {
        key: value
        for key, value in context.params.items()
        if context.get_parameter_source(key) is click.core.ParameterSource.COMMANDLINE
    }
    command = cast(click.Group, context.command).commands[name]
    known = {parameter.name for leaf in _leaves(command) for parameter in leaf.params}
    for key in given:
        if key not in known:
            raise Failure(words_of(context)("usage.not-here", command=name, name=f"--{key.replace('_', '-')}"))
    inner = dict.fromkeys(command.commands, given) if isinstance(command, click.Group) else given
    context.default_map = {name: inner}


def _leaves(command: click.Command) -> Iterator[click.Command]:
    if not isinstance(command, click.Group):
        yield command
        return
    for inner in command.commands.values():
        yield from _leaves(inner)
