"""The words of --help against the command line: every command and option has some, and nothing else has."""

from __future__ import annotations

import click

from smtpsim.app.manual import key_of, parameter_key
from smtpsim.explain import words
from smtpsim.explain.words import entries
from tests.explain.called import context_of, paths

HEADS = {"usage", "arguments", "options", "commands", "any-options", "a-command", "default", "range", "required"}


def shown_parameters(context: click.Context) -> list[click.Parameter]:
    return [each for each in context.command.get_params(context) if not getattr(each, "hidden", False)]


def test_every_command_option_and_argument_is_told_of() -> None:
    """In `smtpsim/explain/en/help.toml` and in that of each language, not in the code (`help=`)."""
    english, shown = words("en"), set()
    for context in map(context_of, paths()):
        parameters = shown_parameters(context)
        shown |= {key_of(context), *(parameter_key(context, each, english) for each in parameters)}
    assert shown - entries("en", "help").keys() == set()
    assert entries("en", "help").keys() - shown == HEADS
