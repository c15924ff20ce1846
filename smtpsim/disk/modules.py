"""The modules of a package, by which it finds its members: one file each.

Ours: `pkgutil.iter_modules` imports `inspect`, which takes as long as half the interpreter's start.
"""

from __future__ import annotations

import os
from collections.abc import Iterable


def names_in(path: Iterable[str]) -> tuple[str, ...]:
    """The names of the modules in the folders of a package, in the order of the alphabet; `path` is its `__path__`."""
    return tuple(sorted(name for folder in path for entry in os.scandir(folder) if (name := _name(entry))))


def _name(entry: os.DirEntry[str]) -> str:
    name, _, ending = entry.name.partition(".")
    is_module = ending == "py" if entry.is_file() else os.path.isfile(os.path.join(entry.path, "__init__.py"))
    return name if is_module and name != "__init__" else ""
