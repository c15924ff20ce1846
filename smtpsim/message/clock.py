"""Dates in letters, from the simulated clock (RFC 5322 3.3)."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def date(seconds: int) -> str:
    """`seconds` since 1970 as a date-time: `Thu, 01 Jan 1970 00:00:00 +0000`."""
    from email.utils import formatdate

    return formatdate(seconds, localtime=False, usegmt=False).replace("-0000", "+0000")
