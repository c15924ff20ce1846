"""dnspython's zone file reader, made to hand over each record with its line. To import late: see zonefile."""

from __future__ import annotations

from typing import Any

import dns.exception
import dns.name
import dns.rdataclass
import dns.rdatatype
import dns.tokenizer
import dns.transaction
import dns.zonefile

from smtpsim.world.dns.rdata import name_text, record
from smtpsim.world.dns.zone_text import DEFAULT_TTL, LONGEST_TEXT, MOST_RECORDS, PlacedRecord, ZoneFault, ZoneText
from smtpsim.world.dns.zones import ZoneRecord

_DIRECTIVES = ("$ORIGIN", "$TTL")


class _TooLarge(dns.exception.DNSException):
    """There are more records than a world may have."""


class _Tokenizer(dns.tokenizer.Tokenizer):
    """Remembers the line of the last word read; where() has often gone on to the next line."""

    line = 1

    def get(self, want_leading: bool = False, want_comment: bool = False) -> dns.tokenizer.Token:
        token = super().get(want_leading, want_comment)
        if not (token.is_eol_or_eof() or token.is_whitespace()):
            self.line = self.line_number - (self.ungotten_char == "\n")
        return token


class _Collector(dns.transaction.Transaction):
    """Takes each record as it is read, with its line, up to `most`; every zone of the file lies below the root."""

    def __init__(self, tokenizer: _Tokenizer, most: int) -> None:
        super().__init__(dns.zonefile.RRSetsReaderManager(), replacement=True)
        self.tokenizer = tokenizer
        self.most = most
        self.placed: list[PlacedRecord] = []

    def add(self, *args: Any) -> None:
        if len(self.placed) >= self.most:
            raise _TooLarge
        name, _, rdata = args
        rdtype = dns.rdatatype.to_text(rdata.rdtype)
        placed = ZoneRecord(name_text(name), rdtype, record(rdtype, rdata))
        self.placed.append(PlacedRecord(self.tokenizer.line, placed))

    def _set_origin(self, origin: dns.name.Name | None) -> None:
        """Called for each $ORIGIN: it completes names, and starts no zone.

        A relative one is completed by newer readers; older ones would drop the records below it.
        """
        if origin is None or not origin.is_absolute():
            raise dns.zonefile.UnknownOrigin


def read(source: ZoneText, most: int = MOST_RECORDS) -> tuple[PlacedRecord, ...] | ZoneFault:
    """The records of one file, of which there may be `most`."""
    if len(source.text) > LONGEST_TEXT:
        line = source.text.count("\n", 0, LONGEST_TEXT) + 1
        return ZoneFault("zone-too-long", source.file, line, str(LONGEST_TEXT))
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    tokenizer = _Tokenizer(text, source.file)
    collector = _Collector(tokenizer, most)
    reader = dns.zonefile.Reader(
        tokenizer,
        dns.rdataclass.IN,
        collector,
        allow_directives=_DIRECTIVES,
        default_ttl=DEFAULT_TTL,
    )
    try:
        reader.current_origin = reader.last_name = dns.name.from_text(source.origin)
        reader.read()
    except _TooLarge:
        return ZoneFault("too-many-records", source.file, tokenizer.line, str(MOST_RECORDS))
    except dns.exception.DNSException as error:
        file, line = tokenizer.where()
        detail = str(error).removeprefix(f"{file}:{line}: ")
        return ZoneFault("zone-syntax", source.file, tokenizer.line, detail)
    return tuple(collector.placed)
