"""The text of a zone file, and what reading it gives: records with their lines, or a fault."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.world.dns.zones import ZoneRecord

DEFAULT_TTL = 3600
"""Seconds, for records that state none; the simulation has no caches."""

MOST_RECORDS = 20_000
"""Records of all zone files of a world together; reading one takes a tenth of a millisecond."""

LONGEST_TEXT = 4_000_000
"""Characters of one zone file."""


class ZoneText(NamedTuple):
    """The text of one zone file. `origin` completes its relative names until a $ORIGIN ("" is the root)."""

    file: str
    text: str
    origin: str = ""


class ZoneFault(NamedTuple):
    """What is wrong in a zone file: `line` counts from 1, `detail` is the reader's own English remark.

    `key` is zone-syntax, cname-and-other-data (RFC 1034 3.6.2), zone-too-long or
    too-many-records; of these two `detail` is the limit.
    """

    key: str
    file: str
    line: int
    detail: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.detail}"


class PlacedRecord(NamedTuple):
    """A record and the line that it ends on."""

    line: int
    record: ZoneRecord
