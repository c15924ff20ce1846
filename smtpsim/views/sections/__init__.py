"""The sections of the panel, one a file, found by name: a file with a `SECTION` adds one where its rank says."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from smtpsim.disk.modules import names_in
from smtpsim.views.panel_section import PanelSection


@cache
def sections() -> tuple[PanelSection, ...]:
    """All sections that there are, from top to bottom."""
    found = (import_module(f"{__name__}.{name}").SECTION for name in names_in(__path__))
    return tuple(sorted(found, key=lambda section: section.rank))
