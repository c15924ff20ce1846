"""What was probably meant by a name that nothing has."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 3


def near(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that are most like what was typed, best first, at most three. Case does not matter."""
    from difflib import get_close_matches  # a third of a millisecond that only mistakes shall cost

    names = {name.lower(): name for name in known}
    return tuple(names[found] for found in get_close_matches(typed.lower(), names, MOST, 0.75))
