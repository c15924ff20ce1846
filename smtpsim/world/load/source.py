"""Where a world's files are: in the package, or in a folder that a teacher edits."""

from __future__ import annotations

import os
from typing import NamedTuple

MANIFEST = "world.toml"
HOSTS = "hosts"
ZONES = "zones"

_SHIPPED = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "default")


class Source(NamedTuple):
    """A folder with `world.toml`, `hosts/*.toml` and `zones/*.zone`. `shown` is its name in messages."""

    path: str
    shown: str

    def files(self, subfolder: str, ending: str) -> list[str]:
        """The relative names of the files with this ending, sorted; [] without such a folder."""
        try:
            names = os.listdir(os.path.join(self.path, subfolder))
        except OSError:
            return []
        return sorted(os.path.join(subfolder, name) for name in names if name.endswith(ending))

    def read(self, name: str) -> str:
        """The text of a file. Raises OSError or UnicodeDecodeError."""
        with open(os.path.join(self.path, name), encoding="utf-8") as file:
            return file.read()

    def show(self, name: str) -> str:
        return os.path.join(self.shown, name)


def shipped() -> Source:
    """The world that comes with the program."""
    return Source(_SHIPPED, "default")


def folder(path: str) -> Source:
    """The world in a folder, or beside the `world.toml` that is named."""
    if os.path.basename(path) == MANIFEST:
        path = os.path.dirname(path) or "."
    return Source(path, path)
