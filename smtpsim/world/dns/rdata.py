"""dnspython's names and record data in the shapes of `smtpsim.kernel.dns`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from smtpsim.kernel.dns import MX, Record

if TYPE_CHECKING:
    import dns.name
    import dns.rdata


def name_text(name: dns.name.Name) -> str:
    """A name without the final dot; the root is "". A dot within a label is written with a backslash."""
    labels = (label.replace(b".", b"\\.") for label in name.labels if label)
    return b".".join(labels).decode("latin-1")


def record(rdtype: str, rdata: dns.rdata.Rdata) -> Record | None:
    """The record, or None for a type that the simulation does not look into."""
    convert = _SHAPES.get(rdtype)
    return None if convert is None else convert(rdata)


def _address(rdata: Any) -> Record:
    return str(rdata.address)


def _target(rdata: Any) -> Record:
    return name_text(rdata.target)


def _exchange(rdata: Any) -> Record:
    return MX(rdata.preference, name_text(rdata.exchange))


def _octets(rdata: Any) -> Record:
    """The strings joined without a space (RFC 7208 3.3)."""
    return b"".join(rdata.strings)


_SHAPES: dict[str, Callable[[Any], Record]] = {
    "A": _address,
    "AAAA": _address,
    "PTR": _target,
    "CNAME": _target,
    "MX": _exchange,
    "TXT": _octets,
    "SPF": _octets,
}
