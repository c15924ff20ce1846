"""The transcript formats, one file each, found by name. A new file is a new format."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from smtpsim.disk.modules import names_in
from smtpsim.transcript.format import Format


@cache
def names() -> tuple[str, ...]:
    """The names of all formats, in alphabetical order."""
    return names_in(__path__)


@cache
def every() -> tuple[Format, ...]:
    """All formats, in the order of their names."""
    return tuple(form for name in names() if (form := load(name)))


def load(name: str) -> Format | None:
    """The format of this name, or None where there is none."""
    if name not in names():
        return None
    form = import_module(f"{__name__}.{name}").FORMAT
    assert isinstance(form, Format)
    return form
