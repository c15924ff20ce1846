"""The records of one name in the simulated DNS."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.kernel.dns import Status, record_text
from smtpsim.views.page import page, part
from smtpsim.views.row import Mark, Panel, Row
from smtpsim.world.dns.zones import Zones, key_name


def records(zones: Zones, name: str, words: Words) -> Panel:
    """Every record of the name; where the world has broken the name, how a query for it ends."""
    return page(words("page.records", name=name), part("", _rows(zones, name, words), words("page.no-records")))


def _rows(zones: Zones, name: str, words: Words) -> Iterator[Row]:
    failure = zones.failures.get(key_name(name), Status.NOERROR)
    if failure is not Status.NOERROR:
        yield Row("failure", "", words("page.dns-fails", status=failure.value.upper()), Mark.BAD)
    for answer in zones.at(name):
        for number, record in enumerate(answer.records):
            yield Row(f"{answer.rdtype}-{number}", answer.rdtype, record_text(record))
