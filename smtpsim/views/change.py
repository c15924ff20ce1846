"""What a turn changed, told by comparing its rows with those of the turn before."""

from __future__ import annotations

from collections.abc import Mapping

from smtpsim.views.row import Panel, Row, Section


def compared(panel: Panel, before: Panel | None) -> Panel:
    """The panel with the rows marked that are new or read differently; without `before` nothing is."""
    if before is None:
        return panel
    old = {section.key: section for section in before.sections}
    sections = (_section(section, old.get(section.key)) for section in panel.sections)
    return panel._replace(sections=tuple(sections))


def _section(section: Section, before: Section | None) -> Section:
    old = {row.key: row for row in before.rows} if before else {}
    rows = tuple(_row(row, old) for row in section.rows)
    was = before.digest if before else None
    return section._replace(rows=rows, digest=_row(section.digest, {section.key: was} if was else {}))


def _row(row: Row, old: Mapping[str, Row]) -> Row:
    was = old.get(row.key)
    same = was is not None and was._replace(changed=False) == row._replace(changed=False)
    return row if same else row._replace(changed=True)
