"""The faults on demand that are still to happen; no section where there are none."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.views.panel_section import PanelSection, Seen
from smtpsim.views.row import Mark, Row, Section, titled
from smtpsim.world.fault_action import OrderedFault, action_text
from smtpsim.world.model import World


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    rows = fault_rows(seen.simulation.world, words)
    if rows:
        told = ", ".join(f"{row.value} ({row.remark})" for row in rows)
        yield titled("faults", words("panel.faults"), rows, told, Mark.WARN)


def fault_rows(world: World, words: Words) -> tuple[Row, ...]:
    """A row for each fault that stands: its number, where and what, whom it is for and how often."""
    return tuple(_row(fault, words) for fault in world.faults)


def _row(fault: OrderedFault, words: Words) -> Row:
    stage = (fault.stage or words("panel.fault-any")).upper()
    text = words("panel.fault", host=fault.host, stage=stage, action=action_text(fault.action))
    often = words("panel.fault-left", count=fault.left) if fault.left else words("panel.fault-standing")
    whom = words("panel.fault-for", recipient=fault.recipient) if fault.recipient else ""
    return Row(f"fault-{fault.number}", str(fault.number), text, Mark.WARN, ", ".join(filter(None, (whom, often))))


SECTION = PanelSection("faults", 20, _make, lambda seen: (seen.simulation.world.faults,))
