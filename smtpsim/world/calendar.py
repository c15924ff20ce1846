"""Points of the world's time, in seconds since 1970, UTC, as people read and write them."""

from __future__ import annotations

import time
from functools import lru_cache

LENGTH = len("2026-06-01")


@lru_cache(maxsize=256)
def day_begins(text: str) -> int | None:
    """When the day begins, in seconds since 1970, UTC; None for what is no date."""
    from datetime import datetime

    if len(text) != LENGTH:
        return None
    try:
        return int(datetime.fromisoformat(f"{text}T00:00:00+00:00").timestamp())
    except ValueError:
        return None


def clock(seconds: int) -> str:
    """`seconds` since 1970 as `2026-04-01 09:00:00`, in UTC."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds))


def moment(seconds: int, now: int) -> str:
    """The same to the minute; a time of today without its date."""
    date, _, time_of_day = clock(seconds).rpartition(" ")
    today = clock(now).startswith(date)
    return time_of_day[:5] if today else f"{date} {time_of_day[:5]}"
