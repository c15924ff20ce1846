"""Spans of time in seconds, and how people write them: `90m`, `4h`, `1d12h`."""

from __future__ import annotations

import re

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

UNITS = {"s": 1, "m": MINUTE, "h": HOUR, "d": DAY}

_DURATION = re.compile(r"(?:\d{1,9}[smhd])+", re.IGNORECASE | re.ASCII)
_PART = re.compile(r"(\d+)([smhd])", re.IGNORECASE | re.ASCII)


def seconds(text: str, longest: int) -> int | None:
    """A duration in seconds; None when the text is none, or one of more than `longest` seconds.

    >>> seconds("1d12h", 366 * DAY)
    129600
    """
    text = text.replace(" ", "")
    if not _DURATION.fullmatch(text):
        return None
    total = sum(int(number) * UNITS[unit.lower()] for number, unit in _PART.findall(text))
    return total if total <= longest else None
