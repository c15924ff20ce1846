"""What the operators of blocklists do: they count mail to spam traps, list an address for a time, and let it go."""

from __future__ import annotations

from typing import NamedTuple

from rpds import HashTrieMap

from smtpsim.kernel.dns import Record
from smtpsim.kernel.duration import DAY
from smtpsim.world.dns.zones import Zones
from smtpsim.world.dnsbl import Operator, list_name
from smtpsim.world.generations import recalled
from smtpsim.world.model import World

LONGEST = 36_500
"""Days that a listing lasts at most; a century has the same effect as any longer time."""

LISTINGS = ("blocklists", "listings")

MOST_LISTINGS = 10_000
"""Listings that the operators' memory holds; beyond that nobody is listed any more until some are over."""


class Listing(NamedTuple):
    """An address on a list. `code` is what the DNS answers, `reason` a key for the catalogues; `since` and `until`
    are in seconds since 1970, `until` 0 for no end."""

    zone: str
    address: str
    code: str
    reason: str
    since: int
    until: int = 0


class Listings(NamedTuple):
    """Those that the operators remember, by list, address and code; none of them ends before `first_end`, 0 where none
    ever ends."""

    known: HashTrieMap[tuple[str, str, str], Listing] = HashTrieMap()
    first_end: int = 0


class Trail(NamedTuple):
    """What an operator has seen of an address in its traps: the first and last hit, and how many."""

    first: int
    last: int
    hits: int


class TrapHit(NamedTuple):
    """A note: a letter to a spam trap came from this address, and the operator of this list hears of it; so many
    of them at once."""

    zone: str
    address: str
    hits: int = 1


def operator_of(world: World, zone: str) -> Operator:
    """How a list is run; as lists usually are, where the world says nothing of it."""
    return world.blocklists.get(zone, Operator())


def known_lists(world: World) -> tuple[str, ...]:
    """The lists that the world says something of, then those that its hosts ask."""
    used = (each for host in world.hosts.values() for each in host.policies if each.policy.blocklists)
    named = (each.settings[each.policy.blocklists] for each in used)
    asked = (zone for zones in named if isinstance(zones, tuple) for zone in zones)
    return tuple(dict.fromkeys((*world.blocklists, *asked)))


def listings_of(world: World, address: str) -> tuple[Listing, ...]:
    """What the operators remember of an address."""
    return tuple(one for one in _listings(world).known.values() if one.address == address)


def trail_of(world: World, zone: str, address: str) -> Trail | None:
    """What an operator has seen of an address in its traps and not yet forgotten."""
    found = recalled(world.memory, ("trap-hits", zone)).get(address)
    if not isinstance(found, Trail) or world.now - found.last >= operator_of(world, zone).days * DAY:
        return None
    return found


def hit(world: World, note: TrapHit) -> World:
    """Count the hits. Enough hits over enough time list the address; each later one lets the listing last longer."""
    operator, before = operator_of(world, note.zone), trail_of(world, note.zone, note.address)
    now = world.now
    trail = Trail(before.first, now, before.hits + note.hits) if before else Trail(now, now, note.hits)
    key = ("trap-hits", note.zone)
    kept = recalled(world.memory, key).put(note.address, trail, now, max(1, operator.days) * DAY)
    world = world._replace(memory=world.memory.insert(key, kept))
    if trail.hits < operator.hits or now - trail.first < operator.over * DAY:
        return world
    until = now + min(operator.kept, LONGEST) * DAY
    return listed(world, Listing(note.zone, note.address, operator.code, "traps", now, until))


def listed(world: World, listing: Listing) -> World:
    """Put an address on a list: the DNS answers so from now on. One that is there already stays since when it was, and
    only its end may change."""
    listings = _listings(world)
    key = (listing.zone, listing.address, listing.code)
    before = listings.known.get(key)
    if before is not None:
        ends = filter(None, (listings.first_end, listing.until))
        renewed = listings.known.insert(key, listing._replace(since=before.since))
        return _remember(world, Listings(renewed, min(ends, default=0)))
    name = list_name(listing.address, listing.zone)
    if listing.code in _records(world.zones, name, "A") or len(listings.known) >= MOST_LISTINGS:
        return world
    text = operator_of(world, listing.zone).text.replace("{ip}", listing.address).encode("ascii", "replace")
    zones = world.zones.with_record(name, "A", listing.code).with_record(name, "TXT", text)
    return _with(world._replace(zones=zones), listings.known.insert(key, listing))


def relisted(world: World) -> World:
    """The world whose DNS has every listing that the operators remember, as after it was loaded anew."""
    for one in _listings(world).known.values():
        name = list_name(one.address, one.zone)
        if one.code in _records(world.zones, name, "A"):
            continue
        text = operator_of(world, one.zone).text.replace("{ip}", one.address).encode("ascii", "replace")
        zones = world.zones.with_record(name, "A", one.code).with_record(name, "TXT", text)
        world = world._replace(zones=zones)
    return world


def delisted(world: World, zone: str, address: str) -> World:
    """Take an address off a list, however it came there. What its operator has seen of it is forgotten."""
    world = world._replace(zones=world.zones.without(list_name(address, zone)))
    key = ("trap-hits", zone)
    world = world._replace(memory=world.memory.insert(key, recalled(world.memory, key).without(address)))
    known = _listings(world).known
    for one in listings_of(world, address):
        known = known.remove((zone, address, one.code)) if one.zone == zone else known
    return _with(world, known)


def as_of(world: World, now: int) -> World:
    """The world at a later time: listings that are over by then are gone from the DNS."""
    world = world._replace(now=now)
    listings = _listings(world)
    if not listings.first_end or now < listings.first_end:
        return world
    zones, known = world.zones, listings.known
    for key, one in tuple(known.items()):
        if one.until and one.until <= now:
            zones, known = _withdrawn(zones, one), known.remove(key)
    return _with(world._replace(zones=zones), known)


def _withdrawn(zones: Zones, listing: Listing) -> Zones:
    """The zones without what a listing put there; its text stays as long as other codes do."""
    name = list_name(listing.address, listing.zone)
    left = tuple(record for record in _records(zones, name, "A") if record != listing.code)
    return zones.with_records(name, "A", left) if left else zones.without(name)


def _records(zones: Zones, name: str, rdtype: str) -> tuple[Record, ...]:
    return next((answer.records for answer in zones.at(name) if answer.rdtype == rdtype), ())


def _listings(world: World) -> Listings:
    found = world.memory.get(LISTINGS)
    return found if isinstance(found, Listings) else Listings()


def _with(world: World, known: HashTrieMap[tuple[str, str, str], Listing]) -> World:
    ends = (one.until for one in known.values() if one.until)
    return _remember(world, Listings(known, min(ends, default=0)))


def _remember(world: World, listings: Listings) -> World:
    return world._replace(memory=world.memory.insert(LISTINGS, listings))
