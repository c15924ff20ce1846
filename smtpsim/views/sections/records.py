"""The records of one name in the simulated DNS: on a page, or in the panel of the turn that changed them."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.dns import Status, record_text
from smtpsim.session.simulation import DnsName
from smtpsim.views.page import page, part
from smtpsim.views.panel_section import PanelSection, Scene, Seen
from smtpsim.views.row import Mark, Panel, Row, Section
from smtpsim.views.trace import TYPE
from smtpsim.world.dns.zones import Zones, key_name


def records(zones: Zones, name: str, words: Words) -> Panel:
    """Every record of the name; where the world has broken the name, how a query for it ends."""
    return page(words("page.records", name=name), part("", _rows(zones, name, words), words("page.no-records")))


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    if isinstance(seen.about, DnsName) and seen.before is not None:
        yield _section(seen.simulation.world.zones, seen.before.world.zones, seen.about.name, words)


def _section(zones: Zones, before: Zones, name: str, words: Words) -> Section:
    """The records as they stand, and those that stood there in `before` and are gone."""
    now, then = tuple(_rows(zones, name, words)), tuple(_rows(before, name, words))
    new, gone = _without(now, then), _without(then, now)
    taken = tuple(row._replace(key=f"gone-{row.key}", mark=Mark.BAD, remark=words("page.record-gone")) for row in gone)
    none = Row("none", "", words("page.no-records"))
    told = ", ".join(f"{row.label} {row.value} {row.remark}".strip() for row in new or taken or now or (none,))
    digest = Row("records", "DNS", f"{name}: {told}")
    return Section("records", words("page.records", name=name), (*now, *taken) or (none,), digest)


def _without(rows: tuple[Row, ...], others: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows whose records are not among the others."""
    known = {(row.label, row.value) for row in others}
    return tuple(row for row in rows if (row.label, row.value) not in known)


def _rows(zones: Zones, name: str, words: Words) -> Iterator[Row]:
    failure = zones.failures.get(key_name(name), Status.NOERROR)
    if failure is not Status.NOERROR:
        yield Row("failure", "", words("page.dns-fails", status=failure.value.upper()), Mark.BAD)
    for answer in zones.at(name):
        old = answer.rdtype == TYPE
        for number, record in enumerate(answer.records):
            key, text = f"{answer.rdtype}-{number}", record_text(record)
            yield Row(key, answer.rdtype, text, Mark.WARN if old else Mark.NONE, words("trace.type99") if old else "")


SECTION = PanelSection(
    "records",
    50,
    _make,
    lambda seen: (seen.simulation.world.zones, seen.before, seen.about),
    scenes=frozenset({Scene.SENDING, Scene.FETCHING}),
    about=DnsName,
)
