"""Blocklists in the DNS (RFC 5782): the name that is asked for, and what the answer means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from smtpsim.kernel.dns import Resolver
from smtpsim.kernel.printable import printable
from smtpsim.kernel.ref import Ref
from smtpsim.world.dns.zones import Same

REF = Ref(5782, "2.1")
REF_IPV6 = Ref(5782, "2.4")

ZEN = "zen.spamhaus.org"

ZEN_CODES: Mapping[str, str] = {
    "127.0.0.9": "drop",
    "127.0.0.2": "sbl",
    "127.0.0.3": "css",
    **dict.fromkeys(("127.0.0.4", "127.0.0.5", "127.0.0.6", "127.0.0.7"), "xbl"),
    "127.0.0.10": "pbl",
    "127.0.0.11": "pbl",
}
"""What ZEN says with each address, the most serious first: ZEN is several lists in one."""

ERRORS: Mapping[str, str] = {
    "127.255.255.252": "error-name",
    "127.255.255.254": "error-resolver",
    "127.255.255.255": "error-queries",
}
"""Answers about the question: the list's name is misspelt, it came by a public resolver, there were too many."""

ERROR_NETWORK = "127.255.255."
LISTING_NETWORK = "127."
NO_LISTING = "127.0.0.1"
"""Lists that refuse to answer say so with it; no list uses it for a listing."""

TEXT_LIMIT = 300
"""Octets of a list's own words that fit a reply line of 512 (RFC 5321 4.5.3.1.5)."""


class Operator(NamedTuple):
    """How a list is run. `hits` letters to spam traps list an address, once the first and the last are `over` days
    apart; `days` without any and all are forgotten; a listing lasts `kept` days after the last hit. `code` is what the
    DNS answers then, and `text` what the list says of it, {ip} being the address."""

    hits: int = 3
    over: int = 7
    days: int = 365
    kept: int = 30
    code: str = "127.0.0.2"
    text: str = "listed for mail to spam traps: {ip}"


class Answered(NamedTuple):
    """What a list says of an address. `result` is listed, not-listed, error (about the question, no listing) or
    temperror (no answer); `reason` is a key for the catalogues; `text` holds the list's own words."""

    result: str
    reason: str
    codes: tuple[str, ...] = ()
    text: str = ""


@lru_cache(maxsize=4096)
def list_name(address: str, zone: str) -> str:
    """The name to ask for: the address backwards, by octets or by nibbles, below the list's (RFC 5782 2.1, 2.4).

    >>> list_name("192.0.2.99", "bl.example")
    '99.2.0.192.bl.example'
    """
    from ipaddress import ip_address

    backwards = ip_address(address).reverse_pointer
    return f"{backwards.removesuffix('.in-addr.arpa').removesuffix('.ip6.arpa')}.{zone}"


def look_up(zones: Resolver, address: str, zone: str) -> Answered:
    """Ask a list for an address."""
    return _looked_up(Same(zones), address, zone)


@lru_cache(maxsize=4096)
def _looked_up(same: Same, address: str, zone: str) -> Answered:
    name = list_name(address, zone)
    answer = same.zones.query(name, "A")
    if answer.failed:
        return Answered("temperror", answer.status.value)
    if not answer.records:
        return Answered("not-listed", "not-listed")
    result, reason, codes = read_codes(zone, map(str, answer.records))
    return Answered(result, reason, codes, _text(same.zones, name))


def read_codes(zone: str, codes: Iterable[str]) -> tuple[str, str, tuple[str, ...]]:
    """The result, its reason and the codes in their order, the most serious listing first."""
    known = ZEN_CODES if zone == ZEN else {}
    order = {code: number for number, code in enumerate(known)}
    found = tuple(sorted(codes, key=lambda code: (order.get(code, len(order)), code)))
    listings = [code for code in found if _is_listing(code)]
    if not listings:
        return "error", ERRORS.get(found[0], "error-code"), found
    return "listed", known.get(listings[0], "listed"), found


def _is_listing(code: str) -> bool:
    return code.startswith(LISTING_NETWORK) and not code.startswith(ERROR_NETWORK) and code != NO_LISTING


def _text(zones: Resolver, name: str) -> str:
    """What the list says to whoever is refused, in one line (RFC 5782 2.1)."""
    records = [record for record in zones.query(name, "TXT").records if isinstance(record, bytes)]
    return printable(records[0][:TEXT_LIMIT].decode("ascii", "backslashreplace")) if records else ""
