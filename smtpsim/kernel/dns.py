"""DNS as the rooms above see it: a question, an answer, and who can answer. No I/O here.

Names are text without the final dot. An answer of one type holds records of one shape only.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Protocol

from smtpsim.kernel.printable import printable


class Status(StrEnum):
    """How a look-up ended. NOERROR with no records is an empty answer (RFC 2308 2.2)."""

    NOERROR = "noerror"
    NXDOMAIN = "nxdomain"
    SERVFAIL = "servfail"
    TIMEOUT = "timeout"


class MX(NamedTuple):
    """A mail exchanger (RFC 1035 3.3.9). A null MX is `MX(0, "")` (RFC 7505 3)."""

    preference: int
    exchange: str


Record = str | MX | bytes
"""A, AAAA: the address as text; PTR, CNAME: a name; MX: `MX`; TXT, SPF: the strings joined, as octets."""


class Answer(NamedTuple):
    """What came back for `name` and `rdtype`.

    `aliases` are the CNAME targets followed, in order; the records belong to the last of them.
    """

    name: str
    rdtype: str
    status: Status
    records: tuple[Record, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def void(self) -> bool:
        """True for a look-up that found nothing (RFC 7208 4.6.4)."""
        return not self.records and self.status in (Status.NOERROR, Status.NXDOMAIN)

    @property
    def failed(self) -> bool:
        """True when the DNS itself failed, so that nothing is known of the name."""
        return self.status in (Status.SERVFAIL, Status.TIMEOUT)


def record_text(record: Record) -> str:
    """A record in one line, without quotes, safe to show; octets outside ASCII become `\\xNN`, controls their pictures.

    >>> record_text(MX(10, "mail.example.com"))
    '10 mail.example.com'
    """
    if isinstance(record, bytes):
        return printable(record.decode("ascii", "backslashreplace"))
    if isinstance(record, MX):
        return f"{record.preference} {printable(record.exchange) or '.'}"
    return printable(record)


class Resolver(Protocol):
    """Whoever answers: the simulated world's zones, or a real resolver."""

    def query(self, name: str, rdtype: str) -> Answer: ...
