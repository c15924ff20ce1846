"""Where a letter goes next: MX records in order of preference, or the address record (RFC 5321 5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from smtpsim.kernel.dns import MX, Status
from smtpsim.kernel.ip import normal
from smtpsim.world.dns.zones import Zones


class Exchange(NamedTuple):
    """A mail exchanger and its IP addresses, IPv4 first. A smaller preference is better."""

    preference: int
    name: str
    addresses: tuple[str, ...]


class Route(NamedTuple):
    """`exchanges` are those that have an address, best first; equals stand in the order of their names.
    With none, `failure` says why, as an enhanced status code."""

    exchanges: tuple[Exchange, ...]
    failure: str = ""


NO_SUCH_DOMAIN = Route((), "5.1.2")
NULL_MX = Route((), "5.1.10")
NO_ADDRESS = Route((), "5.4.4")
DNS_TROUBLE = Route((), "4.4.3")


def route(zones: Zones, domain: str) -> Route:
    """The hosts that take mail for `domain`, an address literal included."""
    literal = literal_address(domain)
    if literal:
        return Route((Exchange(0, literal, (literal,)),))
    answer = zones.query(domain, "MX")
    if answer.failed:
        return DNS_TROUBLE
    if answer.status is Status.NXDOMAIN:
        return NO_SUCH_DOMAIN
    records = sorted(record for record in answer.records if isinstance(record, MX))
    if not records:
        return _with_addresses(zones, (MX(0, domain),), NO_ADDRESS)  # the name is there, with nothing for mail
    if [record.exchange for record in records] == [""]:
        return NULL_MX
    return _with_addresses(zones, records, NO_ADDRESS)


def _with_addresses(zones: Zones, records: Iterable[MX], without: Route) -> Route:
    """The exchanges that have addresses; where none has, whether the DNS is to blame, or else `without`."""
    exchanges = [Exchange(*record, _resolved(zones, record.exchange)) for record in records]
    found = tuple(exchange for exchange in exchanges if exchange.addresses)
    if found:
        return Route(found)
    troubled = any(zones.query(exchange.name, kind).failed for exchange in exchanges for kind in _KINDS)
    return DNS_TROUBLE if troubled else without


_KINDS = ("A", "AAAA")


def _resolved(zones: Zones, name: str) -> tuple[str, ...]:
    found = (record for kind in _KINDS for record in zones.query(name, kind).records)
    return tuple(normal(record) for record in found if isinstance(record, str))


def addresses(zones: Zones, name: str) -> tuple[str, ...]:
    """The IP addresses of a host, IPv4 first; an address stands for itself."""
    own = normal(name)
    return (own,) if own else _resolved(zones, name)


def literal_address(domain: str) -> str:
    """The address in its usual form for `[192.0.2.1]` and `[IPv6:2001:db8::1]`, else ""."""
    if not domain.startswith("["):
        return ""
    inside = domain[1:].removesuffix("]")
    tagged = inside[:5].lower() == "ipv6:"
    return normal(inside[5:] if tagged else inside)
