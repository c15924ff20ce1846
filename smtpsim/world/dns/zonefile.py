"""Zone files: text through dnspython's own reader to records, or the place and kind of the first fault.

dnspython is imported when there is text to read: it takes longer than all the rest of the program's start.
"""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.world.dns.zone_text import MOST_RECORDS, PlacedRecord, ZoneFault, ZoneText
from smtpsim.world.dns.zones import ZoneRecord, Zones, build, key_name


def read_zones(texts: Iterable[ZoneText]) -> Zones | ZoneFault:
    """All the files together as zones, or the first fault."""
    records: list[ZoneRecord] = []
    owners: dict[str, set[str]] = {}
    for text in texts:
        placed = read_zone(text, MOST_RECORDS - len(records))
        if isinstance(placed, ZoneFault):
            return placed
        for line, record in placed:
            if not _compatible(owners.setdefault(key_name(record.name), set()), record.rdtype):
                detail = f"{record.name} has a CNAME and other data"
                return ZoneFault("cname-and-other-data", text.file, line, detail)
            records.append(record)
    return build(records)


def read_zone(source: ZoneText, most: int = MOST_RECORDS) -> tuple[PlacedRecord, ...] | ZoneFault:
    """The records of one file in order, of which there may be `most`. Directives are $ORIGIN and $TTL only: a file
    reads no other file."""
    from smtpsim.world.dns.reader import read

    return read(source, most)


def _compatible(types: set[str], rdtype: str) -> bool:
    """Note a type at an owner name; False when a CNAME would stand beside something else, or twice."""
    clash = bool(types) if rdtype == "CNAME" else "CNAME" in types
    types.add(rdtype)
    return not clash
