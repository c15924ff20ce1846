"""When Python's garbage collector may look at everything, which stops all clients meanwhile.

The world is made of frozen values, which hold no cycles: there is little to collect, and much to look through, more
with each mail that is kept. What ended connections leave is young, and collected as ever.
"""

from __future__ import annotations

import asyncio
import gc
from typing import Protocol

EVERY = 60
"""Seconds from one full collection to the next, and longer until a second comes in which nothing happens."""

MOST_SESSIONS = 50_000
"""After so many sessions it is done also while something happens."""

TICK = 1.0
NEVER = 1_000_000_000
"""Collections of the middle generation before the library collects all of its own accord."""


class Counting(Protocol):
    """A server that counts sessions and mails."""

    count: int
    mails: int


class Collecting:
    """Decides once a second; `due` gives whether a full collection is to be done now."""

    def __init__(self, server: Counting) -> None:
        self._server = server
        self._seconds, self._sessions = 0, server.count
        self._seen = (server.count, server.mails)

    def due(self) -> bool:
        """Called once a second."""
        self._seconds += 1
        seen = (self._server.count, self._server.mails)
        quiet, self._seen = seen == self._seen, seen
        if (quiet and self._seconds >= EVERY) or self._server.count - self._sessions >= MOST_SESSIONS:
            self._seconds, self._sessions = 0, self._server.count
            return True
        return False


async def collect_in_quiet(server: Counting) -> None:
    """Take over from the library, in the whole process, until it ends. What is there now, modules and the world, is not
    looked at again."""
    gc.collect()
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, NEVER)
    collecting = Collecting(server)
    while True:
        await asyncio.sleep(TICK)
        if collecting.due():
            gc.collect()
