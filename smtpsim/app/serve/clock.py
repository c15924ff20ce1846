"""How the world's clock goes while a server runs: as real time does, sixty times as fast, or only when told to."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

RATES = {"real": 1, "60x": 60, "held": 0}
"""Simulated seconds that pass in one real second, by what `--clock` says."""


class Clock(NamedTuple):
    """`start` is simulated time in seconds since 1970, `since` the reading of `monotonic` at that moment."""

    rate: int
    start: int
    since: float
    monotonic: Callable[[], float] = time.monotonic

    def now(self, held: int) -> int:
        """What the world's clock shows; a clock that is held stays at `held`."""
        return self.start + int((self.monotonic() - self.since) * self.rate) if self.rate else held

    def set_to(self, moment: int) -> Clock:
        """The clock that goes on from this moment of simulated time."""
        return self._replace(start=moment, since=self.monotonic())

    def real_seconds(self, simulated: int) -> float:
        """How long a client really waits for what takes so long in the world. Under a held clock it is the same."""
        return simulated / max(self.rate, 1)


def clock(name: str, held: int) -> Clock:
    """The clock that `--clock` names. One that goes begins at the present time, since real clients write the present
    date into their mail; one that is held stays at the world's own."""
    rate = RATES[name]
    return Clock(rate, int(time.time()) if rate else held, time.monotonic())
