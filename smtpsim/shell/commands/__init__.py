"""The simulator's commands, one file each. A file X.py with a `COMMAND` is `:x`; its name may be cut short."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from smtpsim.disk.modules import names_in
from smtpsim.session.change import Wrong
from smtpsim.shell.command import Command


@cache
def load(name: str) -> Command:
    """The command called `name`. Raises LookupError when there is no file of that name."""
    if name not in names():
        raise LookupError(name)
    command: Command = import_module(f"{__name__}.{name}").COMMAND
    return command


@cache
def names() -> tuple[str, ...]:
    """The names of all commands that there are."""
    return names_in(__path__)


def parted(line: str) -> tuple[str, str]:
    """The name in a `:` line, in lower case, and what stands after it."""
    name, _, argument = line.strip().removeprefix(":").strip().partition(" ")
    return name.lower(), argument.strip()


def meant(typed: str) -> Command | Wrong:
    """The command that a name means: the one of that name, or the only one that begins so."""
    known = names()
    found = (typed,) if typed in known else tuple(name for name in known if typed and name.startswith(typed))
    if len(found) == 1:
        return load(found[0])
    values = {"name": typed, "found": f":{typed}", "known": " ".join(f":{name}" for name in found or known)}
    return Wrong("unclear" if found else "unknown", values)
