"""How long a person takes: for a key press, before the next line, and to read what came. The same each time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple, TextIO

from smtpsim.render.cells import width

KEYSTROKE = 0.06
"""Seconds a key press takes somebody who types well."""

WORD = 0.12
"""Seconds before a new word or address is begun."""

ANSWER = 0.3
"""Seconds until the server answers."""

LOOK = 1.0
"""Seconds until a reader has found what is new."""

COLUMN = 0.045
"""Seconds to read a column of text: about 20 letters or 10 Japanese characters a second."""

LONGEST = 15.0
"""Seconds after which nobody reads on."""

_WORD_ENDS = " :<>@,"


class Stroke(NamedTuple):
    """A key press: the seconds before it, and the character."""

    seconds: float
    character: str


def strokes(line: str, speed: float) -> Iterator[Stroke]:
    """The key presses of a line, at so many times the speed of a person who types well."""
    before = ""
    for character in line:
        yield Stroke((WORD if before and before in _WORD_ENDS else KEYSTROKE) / speed, character)
        before = character


def reading(texts: Iterator[str], speed: float) -> float:
    """The seconds in which somebody has read these texts."""
    return min(LOOK + COLUMN * sum(map(width, texts)), LONGEST) / speed


_TYPED = (">", ":")
"""What the lines begin with that a person types, in the text form of a transcript."""

_PROMPT = "> "


def paced(line: str, speed: float, out: TextIO) -> None:
    """Write a line at so many times the speed of a person."""
    if not line.startswith(_TYPED):
        time.sleep(ANSWER / speed)
        print(line, file=out, flush=True)
        return
    prompt = _PROMPT if line.startswith(_PROMPT) else ""
    print(prompt, end="", file=out, flush=True)
    for stroke in strokes(line.removeprefix(prompt), speed):
        time.sleep(stroke.seconds)
        print(stroke.character, end="", file=out, flush=True)
    print(file=out, flush=True)
