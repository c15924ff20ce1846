"""SMTP service extensions, one file each. A file named X.py with an `EXTENSION` is the extension X."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from smtpsim.disk.modules import names_in
from smtpsim.protocol.smtp.service import Extension


def load(name: str) -> Extension:
    """The extension called `name`. Raises LookupError when there is no file of that name."""
    if not name.isidentifier() or name.startswith("_") or find_spec(f"{__name__}.{name}") is None:
        raise LookupError(name)
    extension: Extension = import_module(f"{__name__}.{name}").EXTENSION
    return extension


def names() -> tuple[str, ...]:
    """The names of all extensions that there are."""
    return names_in(__path__)
