"""A transcript in our own form as a person would type it into a terminal: what appears on the screen, and when.

The rhythm is a table and no dice, so that the same transcript gives the same recording to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

KEY = 0.06
"""Seconds a key press takes somebody who types well."""

MOST_KEYS = 20_000
"""Key presses that are shown one by one; what comes after them appears line by line."""

LONGEST_LINE = 200
"""Characters of a line that a person types; a longer one is pasted."""

LONGEST = 600.0
"""Seconds that a recording lasts at most; a longer one is played so much faster."""

_RHYTHM = (1.0, 0.8, 1.1, 0.9, 1.3, 0.7, 1.0, 0.9, 1.2, 0.8, 1.5)
_THINKING = 0.7
_SERVER = 0.3
_PASTED = 0.05
_LETTER_READ = 0.045
_READ_AT_LEAST, _READ_AT_MOST = 1.2, 6.0

_PLAIN, _BOLD, _DIM = "0", "1", "2"
_GREEN, _CYAN, _YELLOW, _RED, _MAGENTA = "32", "36", "33", "1;31", "1;35"

_CLIENT = re.compile(r"(?:\\ )?>[!|]? ?")
_REPLY = re.compile(r"(?:\\ )?([1-9])\d\d(?:[ -]|$)")
_GO_ON = re.compile(r"(?:\\ )?354(?: |$)")
_REMARK = re.compile(r"(?:\\ )?# (?:note|after|ask|answer|title)\b")
_LOOKS = {"4": _YELLOW, "5": _RED}
_ASIDES = {"#": _DIM, ":": _MAGENTA, "<": _GREEN}


class Event(NamedTuple):
    """`at` counts seconds from the start; `kind` is "o", what appears, or "m", a marker with its label."""

    at: float
    kind: str
    data: str


class _Paced(NamedTuple):
    """An event, and the seconds that pass before it."""

    after: float
    kind: str
    data: str


def typed(lines: Sequence[str]) -> list[Event]:
    """The events of a transcript's lines, linear in its length."""
    steps = list(_steps(lines))
    whole = sum(step.after for step in steps)
    pace = min(1.0, LONGEST / whole) if whole else 1.0
    times = accumulate(step.after * pace for step in steps)
    return [Event(round(at, 3), step.kind, step.data) for at, step in zip(times, steps, strict=True)]


def _steps(lines: Sequence[str]) -> Iterator[_Paced]:
    keys, pause, letter = MOST_KEYS, 0.0, False
    for line in lines:
        mark = _CLIENT.match(line)
        text = line[mark.end() :] if mark else ""
        letter = bool(_GO_ON.match(line)) or (letter and text != ".")
        keys -= len(text)
        by_hand = keys >= 0 and len(text) <= LONGEST_LINE
        first, *more = _client(mark[0], text, letter, by_hand) if mark else [_shown(line)]
        yield first._replace(after=first.after + pause)
        yield from more
        pause = _reading(line)


def _client(mark: str, text: str, letter: bool, by_hand: bool) -> Iterator[_Paced]:
    """The mark stands there before a key is pressed. Enter is a key too."""
    look = _CYAN if letter else _BOLD
    if not letter:
        yield _Paced(_THINKING, "m", text)
    if not by_hand:
        yield _Paced(_PASTED, "o", f"{_styled(look, mark + text)}\r\n")
        return
    yield _Paced(0.0, "o", f"\x1b[{look}m{mark}")
    for index, key in enumerate(text):
        yield _Paced(KEY * _RHYTHM[index % len(_RHYTHM)], "o", key)
    yield _Paced(KEY, "o", f"\x1b[{_PLAIN}m\r\n")


def _shown(line: str) -> _Paced:
    """What the server, the simulator or a remark says comes at once."""
    reply = _REPLY.match(line)
    look = _LOOKS.get(reply[1], _GREEN) if reply else _ASIDES.get(line.removeprefix("\\ ")[:1], _PLAIN)
    return _Paced(_SERVER, "o", f"{_styled(look, line)}\r\n")


def _reading(line: str) -> float:
    """The seconds that it takes to read what is said to the reader."""
    if not _REMARK.match(line):
        return 0.0
    return min(max(len(line) * _LETTER_READ, _READ_AT_LEAST), _READ_AT_MOST)


def _styled(look: str, text: str) -> str:
    return f"\x1b[{look}m{text}\x1b[{_PLAIN}m"
