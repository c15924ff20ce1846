"""The world that `--world` names, or every mistake in its files."""

from __future__ import annotations

from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable
from smtpsim.world.load import Source, WorldFault, folder, load_world, shipped
from smtpsim.world.model import World

SHIPPED_NAME = "default"


def open_world(name: str, say: Words, seed: int = 0) -> World:
    """The world of that name. Raises Failure with the first mistake in its files."""
    world = load_world(chosen_source(name), seed)
    if isinstance(world, World):
        return world
    more = say("cli.more-faults", count=len(world) - 1) if len(world) > 1 else ""
    raise Failure(told(world[0], say) + more)


def chosen_source(name: str) -> Source:
    """The shipped world, or the folder of that name."""
    return shipped() if name in ("", SHIPPED_NAME) else folder(name)


def told(fault: WorldFault, say: Words) -> str:
    """A mistake in a world's file as one line, safe to print: file, line, what is wrong, what to do."""
    place = f"{fault.file}:{fault.line}" if fault.line else fault.file
    return f"{printable(place)}: {say(f'world.{fault.key}', **fault.values)}"
