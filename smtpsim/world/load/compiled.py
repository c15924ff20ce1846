"""The records of the shipped zone files, read beforehand: importing dnspython takes longer than the rest of the start.

They stand for exactly the texts that they were made from, and for nothing else: an edited zone file is read anew.
After a change to the shipped zones, `python -m smtpsim.world.load.compiling` writes `shipped_records.py` again.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from smtpsim.world.dns.zonefile import ZoneText
from smtpsim.world.dns.zones import ZoneRecord, Zones, build
from smtpsim.world.load.shipped_records import DIGEST, RECORDS


def compiled(texts: list[ZoneText]) -> Zones | None:
    """The zones that these texts hold, None when they are not the texts that were compiled."""
    if digest(texts) != DIGEST:
        return None
    return build(ZoneRecord(*record) for record in RECORDS)


def digest(texts: Iterable[ZoneText]) -> str:
    """A name for the texts of zone files, wherever they lie."""
    total = sha256()
    for text in texts:
        total.update(text.text.encode() + b"\0")
    return total.hexdigest()
