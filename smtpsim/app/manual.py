"""The page that `--help` prints: usage, arguments, options and commands of a command, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click
from click.formatting import join_options

from smtpsim.explain import Words
from smtpsim.render.cells import folded, padded, width

NARROWEST, WIDEST = 50, 100
"""Columns that a page takes."""

_INDENT, _GAP = "  ", "  "
_LEFT = 28
"""Columns of what stands at the left; what is longer has its text on the next line."""

Entry = tuple[str, str]
"""What is typed, and what it does."""


def manual(context: click.Context, say: Words, columns: int) -> str:
    """The page on the command of a context, in lines of at most so many columns."""
    wide = min(max(columns, NARROWEST), WIDEST)
    return "\n".join(_lines(context, say, wide))


def usage(context: click.Context, say: Words) -> str:
    """How a command is called, without what may be left out: `smtpsim spf IP MAIL_FROM`."""
    return " ".join((context.command_path, *_pieces(context, say)))


def key_of(context: click.Context) -> str:
    """The command's key in the words of help: `lesson-start`."""
    return "-".join(context.command_path.split()[1:]) or context.command_path


def parameter_key(context: click.Context, parameter: click.Parameter, say: Words) -> str:
    """The key of an argument or option: the command's own words, or else those for every command that has it."""
    own = key_of(context) if context.parent else ""
    if isinstance(parameter, click.Argument):
        return f"{own}_{parameter.name}"
    name = max(parameter.opts, key=len)
    return f"{own}{name}" if say.has(f"help.{own}{name}") else name


def _lines(context: click.Context, say: Words, columns: int) -> Iterator[str]:
    command = context.command
    pieces = " ".join((say("help.any-options"), *_pieces(context, say)))
    yield from folded(say("help.usage", command=context.command_path, pieces=pieces), columns)
    for paragraph in say(f"help.{key_of(context)}").strip().split("\n\n"):
        yield ""
        yield from _indented(paragraph, columns)
    parameters = [each for each in command.get_params(context) if not getattr(each, "hidden", False)]
    arguments = [each for each in parameters if isinstance(each, click.Argument)]
    options = [each for each in parameters if isinstance(each, click.Option)]
    yield from _part("arguments", [_argument(each, context, say) for each in arguments], say, columns)
    yield from _part("options", [_option(each, context, say) for each in options], say, columns)
    if isinstance(command, click.Group):
        yield from _part("commands", [_command(context, name, say) for name in command.commands], say, columns)


def _pieces(context: click.Context, say: Words) -> Iterator[str]:
    """What must be typed behind a command's name."""
    for parameter in context.command.params:
        if isinstance(parameter, click.Argument):
            yield parameter.make_metavar(context)
        elif parameter.required:
            yield f"{parameter.opts[0]} {parameter.make_metavar(context)}"
    if isinstance(context.command, click.Group):
        yield say("help.a-command")


def _part(name: str, entries: Sequence[Entry], say: Words, columns: int) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield f"{say(f'help.{name}')}:"
    left = min(max(width(typed) for typed, _ in entries), _LEFT)
    for typed, told in entries:
        yield from _entry(typed, told, left, columns)


def _entry(typed: str, told: str, left: int, columns: int) -> Iterator[str]:
    head, *rest = folded(told, columns - left - len(_INDENT) - len(_GAP))
    if width(typed) <= left:
        yield f"{_INDENT}{padded(typed, left)}{_GAP}{head}"
    else:
        yield f"{_INDENT}{typed}"
        rest.insert(0, head)
    yield from (" " * (len(_INDENT) + left + len(_GAP)) + line for line in rest)


def _indented(text: str, columns: int) -> Iterator[str]:
    return (f"{_INDENT}{line}" for line in folded(text, columns - len(_INDENT)))


def _argument(argument: click.Argument, context: click.Context, say: Words) -> Entry:
    return argument.make_metavar(context), say(f"help.{parameter_key(context, argument, say)}")


def _option(option: click.Option, context: click.Context, say: Words) -> Entry:
    names, _ = join_options(option.opts)
    form = "" if option.is_flag else f" {option.make_metavar(context)}"
    limits = "; ".join(_limits(option, context, say))
    told = say(f"help.{parameter_key(context, option, say)}")
    return f"{names}{form}", f"{told} [{limits}]" if limits else told


def _limits(option: click.Option, context: click.Context, say: Words) -> Iterator[str]:
    """What holds when the option is not given, and which values it takes."""
    default = option.get_default(context)
    if option.show_default and isinstance(default, str | int | float) and default is not False and default != "":
        yield say("help.default", value=default)
    if isinstance(option.type, click.IntRange):
        yield say("help.range", least=option.type.min, most=option.type.max)
    if option.required:
        yield say("help.required")


def _command(context: click.Context, name: str, say: Words) -> Entry:
    """A command of a group: what it is for stands in the first paragraph of its page."""
    key = f"{key_of(context)}-{name}" if context.parent else name
    return name, say(f"help.{key}").strip().partition("\n\n")[0]


def describe(context: click.Context, say: Words) -> None:
    """Tell a command's options and commands what they are for, as the shells' completion shows it."""
    for parameter in context.command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            _, parameter.help = _option(parameter, context, say)
    if isinstance(context.command, click.Group):
        for name, command in context.command.commands.items():
            _, command.short_help = _command(context, name, say)
