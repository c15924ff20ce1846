"""The simulated time as people read it."""

from __future__ import annotations

import time


def clock(seconds: int) -> str:
    """`seconds` since 1970 as `2026-04-01 09:00:00`, in UTC."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds))


def moment(seconds: int, now: int) -> str:
    """The same to the minute; a time of today without its date."""
    date, _, time_of_day = clock(seconds).rpartition(" ")
    today = clock(now).startswith(date)
    return time_of_day[:5] if today else f"{date} {time_of_day[:5]}"
