""":help [COMMAND]: everything that can be typed or pressed, or one command."""

from __future__ import annotations

from smtpsim.session.change import Wrong
from smtpsim.shell import commands
from smtpsim.shell.answer import Answer, Page, Told
from smtpsim.shell.command import Command
from smtpsim.shell.help import help_page
from smtpsim.shell.place import Place


def _run(place: Place, argument: str) -> Answer:
    words, keys = place.words, place.keys
    if not argument:
        return Page(lambda unfolded: help_page(words, map(commands.load, commands.names()), keys(words)))
    command = commands.meant(argument.removeprefix(":").lower())
    if isinstance(command, Wrong):
        return command
    name = command.name
    told = {"form": words(f"command.{name}-form"), "use": words(f"command.{name}"), "example": command.example}
    return Told("command.help-one", told)


COMMAND = Command("help", _run, ":help wait", lambda place: commands.names(), pages=True, group="look")
