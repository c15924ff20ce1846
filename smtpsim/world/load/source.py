"""Where a world's files are: in the package, or in a folder that a teacher edits."""

from __future__ import annotations

import os
from typing import NamedTuple

from smtpsim.disk.regular import MEBIBYTE, read_regular

MANIFEST = "world.toml"
HOSTS = "hosts"
ZONES = "zones"
KEYS = "keys"
POLICIES = "mta-sts"

MOST_OCTETS = 16 * MEBIBYTE
"""Each file of a world may be so large."""

_SHIPPED = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "default")


class Source(NamedTuple):
    """A folder with `world.toml`, `hosts/*.toml` and `zones/*.zone`, perhaps with `keys/*.pem` and `mta-sts/*.txt`.
    `shown` is its name in messages."""

    path: str
    shown: str

    def files(self, subfolder: str, ending: str) -> list[str]:
        """The relative names of the files with this ending, sorted, without hidden ones. Raises OSError where
        there is no such folder."""
        names = os.listdir(os.path.join(self.path, subfolder))
        return sorted(os.path.join(subfolder, n) for n in names if n.endswith(ending) and not n.startswith("."))

    def policies(self) -> list[str]:
        """The relative names of the MTA-STS policies, which a world need not have. Raises OSError."""
        return self.files(POLICIES, ".txt") if os.path.isdir(os.path.join(self.path, POLICIES)) else []

    def read(self, name: str) -> str:
        """The text of a file, its lines ended by LF. Raises OSError, or UnicodeDecodeError on the whole of it."""
        octets = read_regular(os.path.join(self.path, name), MOST_OCTETS)
        return octets.decode("utf-8-sig").replace("\r\n", "\n")

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
