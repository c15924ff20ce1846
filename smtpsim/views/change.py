"""What a turn changed, told by comparing its rows with those of the turn before."""

from __future__ import annotations

from smtpsim.views.row import Panel, Row, Section


def compared(panel: Panel, before: Panel | None) -> Panel:
    """The panel with the rows marked that are new or read differently; without `before` nothing is."""
    if before is None:
        return panel
    old = {section.key: section for section in before.sections}
    return Panel(panel.title, tuple([_section(section, old.get(section.key)) for section in panel.sections]))


def _section(section: Section, before: Section | None) -> Section:
    """A section has changed when a row has, or when one is gone. One that was not made anew has not."""
    if section is before:
        return section
    old = {row.key: row for row in before.rows} if before else {}
    rows = tuple([row if old.get(row.key) == row else _changed(row) for row in section.rows])
    changed = any(row.changed for row in rows) or len(rows) < len(old)
    return section._replace(rows=rows, digest=section.digest._replace(changed=changed))


def _changed(row: Row) -> Row:
    return Row(row.key, row.label, row.value, row.mark, row.remark, row.depth, True, row.badges)
