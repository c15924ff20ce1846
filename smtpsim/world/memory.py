"""What the world remembers of the mail that went by: policies write it down, and look at it the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from smtpsim.world.blocklists import TrapHit, hit
from smtpsim.world.faults import FaultHappened, happened
from smtpsim.world.model import Key, World


class Noted(NamedTuple):
    """Something to remember under a key that begins with the name of the policy, and mostly of its host. `value` is
    immutable; None forgets."""

    key: Key
    value: object


def remember(world: World, notes: Iterable[object]) -> World:
    """Take in the notes of a verdict, in their order."""
    for note in notes:
        world = _TAKERS[type(note)](world, note)
    return world


def _noted(world: World, note: Noted) -> World:
    if note.value is None:
        return world._replace(memory=world.memory.discard(note.key))
    return world._replace(memory=world.memory.insert(note.key, note.value))


_TAKERS: Mapping[type[object], Callable[[World, Any], World]] = {
    Noted: _noted,
    FaultHappened: happened,
    TrapHit: hit,
}
"""Each takes a note of the class that it stands for."""
