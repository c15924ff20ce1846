"""What is wrong with a command line, as a sentence: the option parser's errors in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click
from click.exceptions import BadOptionUsage, BadParameter, ClickException, MissingParameter, NoSuchOption, UsageError

from smtpsim.app.manual import usage
from smtpsim.explain import Words


def told(wrong: ClickException, say: Words) -> str:
    """One line on an error; the parser's own where it is of a kind that is not known."""
    tell = next((tell for kind, tell in _TOLD.items() if isinstance(wrong, kind)), None)
    return (tell(wrong, say) if tell else "") or wrong.format_message()


def _no_option(wrong: NoSuchOption, say: Words) -> str:
    known = ", ".join(wrong.possibilities or ())
    return say("usage.no-option-but" if known else "usage.no-option", found=wrong.option_name, known=known)


def _missing(wrong: MissingParameter, say: Words) -> str:
    if wrong.param is None or wrong.ctx is None:
        return ""
    kind = "argument" if isinstance(wrong.param, click.Argument) else "option"
    return say(f"usage.{kind}-missing", name=_name(wrong.param, wrong.ctx), usage=usage(wrong.ctx, say))


def _value(wrong: BadParameter, say: Words) -> str:
    if wrong.param is None or wrong.ctx is None:
        return ""
    kind, name = wrong.param.type, _name(wrong.param, wrong.ctx)
    if isinstance(kind, click.IntRange):
        return say("usage.not-in-range", name=name, least=kind.min, most=kind.max)
    key = _NUMBERS.get(kind.name)
    return say(key, name=name) if key else ""


_NUMBERS = {"integer": "usage.not-integer", "float": "usage.not-number"}
"""By the name of the parser's type."""


def _option(wrong: BadOptionUsage, say: Words) -> str:
    """A value that is missing behind an option, or that stands behind a switch."""
    options = wrong.ctx.command.params if wrong.ctx else ()
    found = next((each for each in options if wrong.option_name in each.opts), None)
    if not isinstance(found, click.Option) or wrong.ctx is None:
        return ""
    if found.is_flag:
        return say("usage.value-unwanted", name=wrong.option_name)
    return say("usage.value-missing", name=wrong.option_name, form=found.make_metavar(wrong.ctx))


def _call(wrong: UsageError, say: Words) -> str:
    """A group without a command, or an argument too many."""
    if wrong.ctx is None:
        return ""
    if isinstance(wrong.ctx.command, click.Group):
        return say("usage.which-command", known=", ".join(wrong.ctx.command.commands))
    return say("usage.extra", usage=usage(wrong.ctx, say))


def _name(parameter: click.Parameter, context: click.Context) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(context)
    return max(parameter.opts, key=len)


_TOLD: Mapping[type[ClickException], Callable[[Any, Words], str]] = {
    NoSuchOption: _no_option,
    MissingParameter: _missing,
    BadParameter: _value,
    BadOptionUsage: _option,
    UsageError: _call,
}
"""The kinds of errors, the special ones before those that they are kinds of."""
