"""A replay on a terminal as if somebody typed it: the client's lines character by character, replies at once."""

from __future__ import annotations

import time
from typing import TextIO

from smtpsim.app.rhythm import ANSWER, strokes

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
