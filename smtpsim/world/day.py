"""Days as settings write them down: 2026-06-01."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=256)
def day_begins(text: str) -> int | None:
    """When the day begins, in seconds since 1970, UTC; None for what is no date."""
    from datetime import UTC, datetime

    try:
        return int(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None
