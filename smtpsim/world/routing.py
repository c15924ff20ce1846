"""Where a letter goes next: MX records in order of preference, or the address record (RFC 5321 5.1)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.dns import MX, Answer, Status
from smtpsim.world.dns.zones import Zones


class Route(NamedTuple):
    """`exchanges` are host names, best first. With none, `failure` says why, as an enhanced status code,
    and `temporary` whether trying again may help."""

    exchanges: tuple[str, ...]
    failure: str = ""
    temporary: bool = False


NO_SUCH_DOMAIN = Route((), "5.1.2")
NULL_MX = Route((), "5.1.10")
DNS_TROUBLE = Route((), "4.4.3", True)


def route(zones: Zones, domain: str) -> Route:
    """The hosts that take mail for `domain`, an address literal included."""
    if domain.startswith("["):
        return Route((domain[1:-1].removeprefix("IPv6:"),))
    answer = zones.query(domain, "MX")
    if answer.failed:
        return DNS_TROUBLE
    if answer.records:
        return _by_preference(answer)
    if answer.status is Status.NXDOMAIN:
        return NO_SUCH_DOMAIN
    return _implicit(zones, domain)


def _by_preference(answer: Answer) -> Route:
    records = sorted(record for record in answer.records if isinstance(record, MX))
    if records[0].exchange in ("", "."):
        return NULL_MX
    return Route(tuple(record.exchange for record in records))


def _implicit(zones: Zones, domain: str) -> Route:
    """Without MX records a host of that name is its own mail exchanger."""
    found = any(zones.query(domain, kind).records for kind in ("A", "AAAA"))
    return Route((domain,)) if found else NO_SUCH_DOMAIN


def addresses(zones: Zones, exchange: str) -> tuple[str, ...]:
    """The IP addresses of a mail exchanger, IPv4 first; an address stands for itself."""
    if ":" in exchange or exchange.replace(".", "").isdigit():
        return (exchange,)
    found = (record for kind in ("A", "AAAA") for record in zones.query(exchange, kind).records)
    return tuple(record for record in found if isinstance(record, str))
