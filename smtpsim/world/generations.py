"""A memory that strangers cannot fill: entries that nobody renewed go, all at once, when newer ones have taken their
place."""

from __future__ import annotations

from typing import NamedTuple

from rpds import HashTrieMap

MOST = 100_000
"""Entries of one generation; there are never more than two generations."""


class Generations(NamedTuple):
    """What was written since `since` (seconds since 1970) is young. When the young ones are `MOST`, or one span old,
    they become the old, and the old are gone: an entry lives one span at least, unless newer ones crowd it out."""

    young: HashTrieMap[object, object] = HashTrieMap()
    old: HashTrieMap[object, object] = HashTrieMap()
    since: int = 0

    def get(self, key: object) -> object | None:
        """The entry of a key, None where there is none any more."""
        found = self.young.get(key)
        return self.old.get(key) if found is None else found

    def put(self, key: object, value: object, now: int, span: int) -> Generations:
        """With an entry written or renewed. A span is in seconds."""
        if len(self.young) >= MOST or now - self.since >= span:
            return Generations(HashTrieMap({key: value}), self.young, now)
        return Generations(self.young.insert(key, value), self.old, self.since)

    def without(self, key: object) -> Generations:
        """With no entry of this key."""
        return Generations(self.young.discard(key), self.old.discard(key), self.since)


EMPTY = Generations()


def recalled(memory: HashTrieMap[tuple[str, ...], object], key: tuple[str, ...]) -> Generations:
    """The generations that are kept under a key of the world's memory."""
    found = memory.get(key)
    return found if isinstance(found, Generations) else EMPTY
