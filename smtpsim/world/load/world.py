"""A world from its source: as it was compiled, where the files are the shipped ones, else read from them."""

from __future__ import annotations

from functools import lru_cache

from smtpsim.world.load.compiled import compiled_world
from smtpsim.world.load.fault import WorldFault
from smtpsim.world.load.source import Source, shipped
from smtpsim.world.model import World


def load_world(source: Source, seed: int = 0) -> World | tuple[WorldFault, ...]:
    """The world, or every mistake that was found in its files, in the order of files and lines."""
    compiled = compiled_world(source, seed)
    if compiled is not None:
        return compiled
    # imported late: the readers of TOML and of hosts are not needed for the shipped world
    from smtpsim.world.load.assemble import read_world

    return read_world(source, seed)


@lru_cache(maxsize=4)
def shipped_world(seed: int = 0) -> World:
    """The world that comes with the program; loaded once, since it never changes."""
    world = load_world(shipped(), seed)
    assert isinstance(world, World), world
    return world
