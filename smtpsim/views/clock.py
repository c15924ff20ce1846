"""The simulated time as people read it."""

from __future__ import annotations

import time


def clock(seconds: int) -> str:
    """`seconds` since 1970 as `2026-04-01 09:00:00`, in UTC."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds))
