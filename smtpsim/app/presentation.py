"""Whether what was asked of `replay` for a room full of people can be shown together."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure

COMPARED = 2
"""Recordings that stand side by side."""


class Wanted(NamedTuple):
    """The options that were given; `printed` are those of them that print or write something else."""

    step: bool
    loop: bool
    large: bool
    compare: bool
    files: int
    printed: tuple[str, ...]


def refuse_wrong(wanted: Wanted, say: Words) -> None:
    """Raises Failure, in one line, for options that do not go together."""
    step, loop, large, compare, files, printed = wanted
    wrong = {
        "cli.loop-without-step": loop and not step,
        "cli.large-without-step": large and not step,
        "cli.compare-two": compare and files != COMPARED,
        "cli.compare-alone": compare and bool(loop or large or printed),
    }
    for key, found in wrong.items():
        if found:
            raise Failure(say(key, found=files))
