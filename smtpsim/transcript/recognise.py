"""Which format a file is in, told by what stands in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from re import Pattern

from smtpsim.transcript import formats

_SAMPLE = 2_000
_START_LETTER = re.compile(r"354(?: |$)")


def recognise(lines: Sequence[str]) -> str | None:
    """The name of the format with the most evidence in the first lines, or None where there is no evidence.

    What stands in a letter is no evidence. Each sign counts once for each line it matches, up to five lines.
    """
    sample = [line for line in _without_letters(lines[:_SAMPLE]) if line.strip()]
    score, best = max((_score(name, sample), name) for name in formats.names())
    return best if score else None


def _without_letters(lines: Sequence[str]) -> Iterable[str]:
    """The lines without the letters that a terminal shows: in one there may be anything, such as another recording."""
    dots = [index for index, line in enumerate(lines) if line == "."]
    begin = 0
    for index, line in enumerate(lines):
        if index < begin:
            continue
        yield line
        if _START_LETTER.match(line):
            begin = next(iter(dots[bisect_left(dots, index) :]), begin)


def _score(name: str, sample: Sequence[str]) -> int:
    return sum(weight * _matches(pattern, sample) for pattern, weight in _signs(name))


def _matches(pattern: Pattern[str], sample: Sequence[str]) -> int:
    found = 0
    for line in sample:
        if pattern.match(line):
            found += 1
            if found == 5:
                break
    return found


@cache
def _signs(name: str) -> tuple[tuple[Pattern[str], int], ...]:
    form = formats.load(name)
    return tuple((sign.compiled(), sign.weight) for sign in form.signs) if form and form.read else ()
