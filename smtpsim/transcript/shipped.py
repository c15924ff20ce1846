"""The transcripts that come with the program: in the wheel, or beside the package in a checkout."""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_FOLDERS = (os.path.join(_PACKAGE, "transcripts"), os.path.join(os.path.dirname(_PACKAGE), "transcripts"))
ENDING = ".txt"


def names() -> tuple[str, ...]:
    """The names of all shipped transcripts, in their order."""
    return tuple(sorted(file.removesuffix(ENDING) for file in os.listdir(_folder()) if file.endswith(ENDING)))


def unnumbered(name: str) -> str:
    """A name without the number that says where it stands among the others."""
    return name.lstrip("0123456789").removeprefix("-")


def find(name: str) -> str:
    """The path of the shipped transcript of that name, with or without its number; "" for none."""
    found = next((one for one in names() if name in (one, unnumbered(one))), "")
    return found and os.path.join(_folder(), found + ENDING)


def _folder() -> str:
    return next(folder for folder in _FOLDERS if os.path.isdir(folder))
