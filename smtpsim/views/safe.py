"""Makes every text of a view safe to print: what strangers wrote holds no control sequence afterwards."""

from __future__ import annotations

from smtpsim.kernel.printable import printable
from smtpsim.views.row import Badge, Panel, Row, Section


def safe_row(row: Row) -> Row:
    if _is_safe((row,)):
        return row
    return row._replace(
        label=printable(row.label),
        value=printable(row.value),
        remark=printable(row.remark),
        badges=tuple(map(_safe_badge, row.badges)),
    )


def _safe_badge(badge: Badge) -> Badge:
    return badge._replace(label=printable(badge.label), value=printable(badge.value))


def _is_safe(rows: tuple[Row, ...]) -> bool:
    """Looks through all texts at once: nearly always there is nothing to replace in any of them."""
    texts = [text for row in rows for text in (row.label, row.value, row.remark)]
    texts += [text for row in rows for badge in row.badges for text in (badge.label, badge.value)]
    joined = " ".join(texts)
    return joined == printable(joined)


def safe_section(section: Section) -> Section:
    if _is_safe((*section.rows, section.digest, Row("", section.title, section.state))):
        return section
    return section._replace(
        title=printable(section.title),
        rows=tuple(map(safe_row, section.rows)),
        digest=safe_row(section.digest),
        state=printable(section.state),
    )


def safe_panel(panel: Panel) -> Panel:
    return Panel(printable(panel.title), tuple(map(safe_section, panel.sections)))
