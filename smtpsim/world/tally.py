"""Counts over a sliding period: what happened longer ago no longer counts, and a count takes the same room however
much happened."""

from __future__ import annotations

from typing import NamedTuple

PARTS = 10
"""Parts that a period is counted in; the oldest part is forgotten as a whole."""


class Tally(NamedTuple):
    """Pairs of a part's number and its count, oldest first: at most `PARTS` and some where a period is short."""

    parts: tuple[tuple[int, int], ...] = ()


NONE = Tally()


def counted(tally: Tally, now: int, period: int, more: int = 1) -> Tally:
    """With `more` things that happened now, and without those that are out of the period (in seconds)."""
    at, first = _bounds(now, period)
    kept = [part for part in tally.parts if part[0] >= first]
    if kept and kept[-1][0] == at:
        kept[-1] = (at, kept[-1][1] + more)
    else:
        kept.append((at, more))
    return Tally(tuple(kept))


def total(tally: Tally, now: int, period: int) -> int:
    """How many there were within the period. None of the period's age counts; all that are a part younger do."""
    _, first = _bounds(now, period)
    return sum(count for part, count in tally.parts if part >= first)


def _bounds(now: int, period: int) -> tuple[int, int]:
    """The numbers of the part that is now, and of the oldest that counts."""
    width = max(1, period // PARTS)
    at = now // width
    return at, at - max(1, period // width) + 1
