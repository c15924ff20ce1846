"""Pages: what is opened in the panel's place and closed again."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.views.row import Panel, Row, Section, titled
from smtpsim.views.safe import safe_panel


def page(title: str, *sections: Section) -> Panel:
    """A page, safe to print."""
    return safe_panel(Panel(title, sections))


def part(title: str, rows: Iterable[Row], empty: str = "") -> Section:
    """A part of a page; one whose title is "" has no head. Without rows it says `empty`."""
    kept = tuple(rows) or (Row("none", "", empty),)
    return titled(title, title, kept, "")
