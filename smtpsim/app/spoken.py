"""Commands that speak the reader's language: their help, and what was wrong with how they were called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import click
from click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup

from smtpsim.explain import LANGUAGES, Words, language, words
from smtpsim.kernel.failure import Failure


def spoken(arguments: Sequence[str], variables: Mapping[str, str]) -> Words:
    """The words that a command line asks for before it is understood: those of its last `--lang`, or else of the
    environment."""
    asked = language(variables)
    for before, argument in zip(("", *arguments), arguments, strict=False):
        name, equals, value = argument.partition("=")
        found = argument if before == "--lang" else value if equals and name == "--lang" else ""
        asked = found if found in LANGUAGES else asked
    return words(asked)


def words_of(context: click.Context) -> Words:
    """The words for the reader of a command's output; `main` gives the command line to the outermost context."""
    from smtpsim.app.environment import real

    return spoken(context.find_root().obj or (), real().variables)


def _help(context: click.Context) -> str:
    from smtpsim.app.environment import real
    from smtpsim.app.manual import manual

    return manual(context, words_of(context), real().columns)


def _describe(context: click.Context) -> None:
    from smtpsim.app.manual import describe

    describe(context, words_of(context))


class _Spoken(click.Command):
    """What commands with and without commands of their own have in common."""

    def get_help(self, ctx: click.Context) -> str:
        return _help(ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        _describe(ctx)
        return super().shell_complete(ctx, incomplete)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as wrong:
            wrong.ctx = wrong.ctx or ctx  # the parser leaves it out where a value is missing
            raise


class SpokenCommand(_Spoken, TyperCommand):
    """A command; `smtpsim.explain` has its help."""


class SpokenGroup(_Spoken, TyperGroup):
    """A command that has commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and not ctx.resilient_parsing:
            known = tuple(self.commands)
            close = get_close_matches(args[0], known)
            key = "usage.no-command-but" if close else "usage.no-command"
            raise Failure(words_of(ctx)(key, found=args[0], known=", ".join(close or known)))
        return super().resolve_command(ctx, args)
