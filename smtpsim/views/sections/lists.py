"""What a server goes by beside SPF: blocklists, its own list, spam traps, greylisting, and how much comes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smtpsim.explain import Words
from smtpsim.kernel.finding import Finding
from smtpsim.views.finding import awaited, finding_rows, found_for
from smtpsim.views.panel_section import Heard, PanelSection, Seen
from smtpsim.views.row import Row, Section, titled, worst
from smtpsim.world.model import Host

NAME = "lists"


def section(seen: Seen, words: Words) -> Section | None:
    """None where the host has no policy whose findings stand here."""
    rows = tuple(list_rows(seen.findings, words, seen.host))
    title = words("lists.title")
    if rows:
        return titled(NAME, title, rows, _digest(rows), worst(rows))
    if not awaited(NAME, seen.host):
        return None
    none = words("lists.not-yet")
    return titled(NAME, title, (Row("none", "", none),), none)


def list_rows(findings: Iterable[Finding], words: Words, host: Host | None = None) -> Iterator[Row]:
    """A row for each finding, those about the client first."""
    return finding_rows(found_for(NAME, findings, host), words)


def _digest(rows: tuple[Row, ...]) -> str:
    """The most serious of them."""
    mark = worst(rows)
    return next(f"{row.label} {row.value}" for row in rows if row.mark is mark)


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    found = section(seen, words)
    if found:
        yield found


def _rows(heard: Heard, words: Words) -> Iterator[Row]:
    return list_rows(heard.findings, words, heard.host)


SECTION = PanelSection(NAME, 90, _make, lambda seen: (seen.findings, seen.host), rows=_rows)
