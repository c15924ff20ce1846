"""The verbs of IMAP, found by their files: one that has `VERBS` brings these commands."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from smtpsim.protocol.imap.service import AnyVerb


@cache
def every() -> tuple[AnyVerb, ...]:
    """All verbs, by rank."""
    files = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    return tuple(sorted((verb for file in files for verb in file.VERBS), key=lambda verb: (verb.rank, verb.name)))
