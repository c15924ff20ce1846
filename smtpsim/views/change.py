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
    """A section has changed when a row has, or when one is gone."""
    old = {row.key: row for row in before.rows} if before else {}
    rows = tuple(_row(row, old) for row in section.rows)
    changed = any(row.changed for row in rows) or len(rows) < len(old)
    return section._replace(rows=rows, digest=section.digest._replace(changed=changed))


def _row(row: Row, old: Mapping[str, Row]) -> Row:
    return row if old.get(row.key) == row else row._replace(changed=True)
