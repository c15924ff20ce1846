"""The sections of the panel, one a file, found by name: a file with a `SECTION` adds one where its rank says."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from smtpsim.views.panel_section import PanelSection


@cache
def sections() -> tuple[PanelSection, ...]:
    """All sections that there are, from top to bottom."""
    found = (import_module(f"{__name__}.{module.name}").SECTION for module in iter_modules(__path__))
    return tuple(sorted(found, key=lambda section: section.rank))
