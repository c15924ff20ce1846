"""Days as settings write them down: 2026-06-01."""

from __future__ import annotations

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
