"""Other findings: what a server looked up that no other section shows."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.views.finding import finding_rows, found_for
from smtpsim.views.panel_section import Heard, PanelSection, Seen
from smtpsim.views.row import Row, Section, titled, worst
from smtpsim.world.model import Host

NAME = "findings"


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    rows = _numbered(seen.findings, seen.host, words)
    if rows:
        told = ", ".join(f"{row.label} {row.value}" for row in rows)
        yield titled(NAME, words("panel.findings"), rows, told, worst(rows))


def _rows(heard: Heard, words: Words) -> Iterator[Row]:
    yield from _numbered(heard.findings, heard.host, words)


def _numbered(findings: tuple[Finding, ...], host: Host | None, words: Words) -> tuple[Row, ...]:
    rows = finding_rows(found_for(NAME, findings, host), words)
    return tuple(row._replace(key=f"{row.key}-{number}") for number, row in enumerate(rows))


SECTION = PanelSection(NAME, 95, _make, lambda seen: (seen.findings, seen.host), rows=_rows)
