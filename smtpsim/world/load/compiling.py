"""Writes `shipped_records.py`: run `python -m smtpsim.world.load.compiling` after a change to the shipped zones."""

from __future__ import annotations

import os

from smtpsim.world.dns.zonefile import ZoneFault, ZoneText, read_zone
from smtpsim.world.load.compiled import digest
from smtpsim.world.load.source import ZONES, shipped

_HEAD = '''"""The records of the shipped zone files. Written by `python -m smtpsim.world.load.compiling`."""

from smtpsim.kernel.dns import MX, Record

DIGEST = "{digest}"

RECORDS: tuple[tuple[str, str, Record | None], ...] = (
{rows})
'''


def source(texts: list[ZoneText]) -> str:
    """The module that holds the records of these texts. They must be good."""
    rows = []
    for text in texts:
        placed = read_zone(text)
        assert not isinstance(placed, ZoneFault), placed
        rows += [f"    {tuple(record)!r},\n" for _, record in placed]
    return _HEAD.format(digest=digest(texts), rows="".join(rows))


def main() -> None:
    files = shipped()
    texts = [ZoneText(name, files.read(name)) for name in files.files(ZONES, ".zone")]
    with open(os.path.join(os.path.dirname(__file__), "shipped_records.py"), "w", encoding="utf-8") as file:
        file.write(source(texts))


if __name__ == "__main__":
    main()
