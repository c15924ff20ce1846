"""How much one pupil may type: a long paste is taken, a flood is not, and a session has an end."""

from __future__ import annotations

import re
from collections.abc import Callable

KEYS_A_SECOND, KEYS_AT_ONCE = 2_000, 20_000
"""Characters that a pupil may type."""

LINE_COSTS = 40
"""A line makes a step of the session, which takes as long as so many characters."""

MOST_STEPS = 20_000
"""Steps of one session: all of them are kept, about a kilobyte each."""

LINE_ENDS = re.compile(r"\r\n?|\n")


class Allowance:
    """`now` gives seconds that only grow."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._left, self._last = now, float(KEYS_AT_ONCE), now()

    def takes(self, text: str) -> bool:
        """Whether it may be typed now; it is counted then."""
        if self._missing(text) > 0:
            return False
        self._left -= _cost(text)
        return True

    def wait(self, text: str) -> float:
        """How many seconds later it may be typed; it is counted at once."""
        missing = self._missing(text)
        self._left -= _cost(text)
        return max(missing / KEYS_A_SECOND, 0.0)

    def _missing(self, text: str) -> float:
        now = self._now()
        self._left, self._last = min(self._left + (now - self._last) * KEYS_A_SECOND, KEYS_AT_ONCE), now
        return _cost(text) - self._left


def _cost(text: str) -> int:
    return len(text) + LINE_COSTS * len(LINE_ENDS.findall(text))
