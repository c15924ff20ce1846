"""The simulator's commands that change the simulation, one file each. A file X.py with a `COMMAND` is `:x`."""

from __future__ import annotations

from importlib import import_module

from smtpsim.session.command import Command, Wrong
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn


def load(name: str) -> Command:
    """The command called `name`. Raises LookupError when there is no file of that name."""
    if name not in names():
        raise LookupError(name)
    command: Command = import_module(f"{__name__}.{name}").COMMAND
    return command


def names() -> tuple[str, ...]:
    """The names of all commands that there are."""
    from pkgutil import iter_modules

    return tuple(sorted(module.name for module in iter_modules(__path__)))


def parted(line: str) -> tuple[str, str]:
    """The name in a `:` line, in lower case, and what stands behind it."""
    name, _, argument = line.strip().removeprefix(":").strip().partition(" ")
    return name.lower(), argument.strip()


def run(simulation: Simulation, line: str) -> Turn | Wrong:
    """Carry out a line such as `:ip 203.0.113.66`; its turn is of the kind `simulator` and holds the line."""
    name, argument = parted(line)
    try:
        command = load(name)
    except LookupError:
        return Wrong("unknown", {"name": name, "known": " ".join(f":{known}" for known in names())})
    done = command.run(simulation, argument)
    return done if isinstance(done, Wrong) else done._replace(line=line.strip())
