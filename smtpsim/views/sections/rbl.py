"""An address on the blocklists: what each list says, since when and why, and how one gets off; then what the hosts
that keep a list of their own have against it."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.explain import Words
from smtpsim.protocol.smtp.state import State
from smtpsim.session.simulation import ListedAddress
from smtpsim.views.finding import finding_row
from smtpsim.views.page import page, part
from smtpsim.views.panel_section import PanelSection, Scene, Seen
from smtpsim.views.row import Mark, Panel, Row, Section, worst
from smtpsim.world.blocklists import Listing, known_lists, listings_of, operator_of, trail_of
from smtpsim.world.calendar import clock
from smtpsim.world.dnsbl import look_up
from smtpsim.world.model import Case, World
from smtpsim.world.policies.dnsbl import POLICY as DNSBL
from smtpsim.world.policies.dnsbl import finding_of as listing_of


def page_of(world: World, address: str, words: Words) -> Panel:
    """Everything about one address."""
    return page(words("lists.page", address=address), part("", _rows(world, address, words), words("lists.none-known")))


def _make(seen: Seen, words: Words) -> Iterator[Section]:
    if isinstance(seen.about, ListedAddress):
        yield _section(seen.simulation.world, seen.about.address, words)


def _section(world: World, address: str, words: Words) -> Section:
    """The same beside the rest of the panel."""
    rows = tuple(_rows(world, address, words)) or (Row("none", "", words("lists.none-known")),)
    digest = Row("rbl", words("lists.dnsbl"), f"{address}: {rows[0].value}", worst(rows))
    return Section("rbl", words("lists.page", address=address), rows, digest)


def _rows(world: World, address: str, words: Words) -> Iterator[Row]:
    for zone in known_lists(world):
        found = listing_of(world.zones, address, zone)
        row = finding_row(found, DNSBL.shows["dnsbl"]._replace(domains=False), words)
        yield row._replace(key=zone, label=zone, remark=look_up(world.zones, address, zone).text)
        if found.result == "listed":
            yield from _why(world, zone, address, words)
        yield from _hits(world, zone, address, words)
    yield from _own_lists(world, address, words)


def _why(world: World, zone: str, address: str, words: Words) -> Iterator[Row]:
    """Since when, until when, why, and what helps. What stands in the zone from the beginning has no date."""
    known = [one for one in listings_of(world, address) if one.zone == zone]
    for one in known:
        yield Row(f"{zone}-{one.code}", "", _told(one, words), depth=1)
    if not known:
        yield Row(f"{zone}-always", "", words("lists.since-ever"), depth=1)
    reason = look_up(world.zones, address, zone).reason
    way = f"lists.off-{'traps' if any(one.reason == 'traps' for one in known) else reason}"
    way = way if words.has(way) else "lists.off-listed"
    kept = operator_of(world, zone).kept
    yield Row(f"{zone}-off", "", words(way, address=address, list=zone, days=kept), Mark.NOTE, depth=1)


def _told(one: Listing, words: Words) -> str:
    until = words("lists.until", time=clock(one.until)) if one.until else words("lists.until-removed")
    return words("lists.since", code=one.code, time=clock(one.since), why=words(f"lists.why-{one.reason}"), until=until)


def _hits(world: World, zone: str, address: str, words: Words) -> Iterator[Row]:
    trail, operator = trail_of(world, zone, address), operator_of(world, zone)
    if trail:
        values = {"hits": trail.hits, "first": clock(trail.first), "last": clock(trail.last)}
        text = words("lists.hits", needed=operator.hits, over=operator.over, **values)
        yield Row(f"{zone}-hits", "", text, Mark.WARN, depth=1)


def _own_lists(world: World, address: str, words: Words) -> Iterator[Row]:
    """The hosts with a list of their own that have met this address."""
    for host in world.hosts.values():
        for policy, settings in host.policies:
            if policy.holds:
                finding = policy.holds(Case(world, host, address, State(), settings))
                if finding.decided_by != "0/0":
                    row = finding_row(finding, policy.shows[finding.kind], words)
                    yield row._replace(key=host.name, label=host.name)


SECTION = PanelSection(
    "rbl",
    51,
    _make,
    lambda seen: (seen.simulation.world, seen.about),
    scenes=frozenset({Scene.SENDING, Scene.FETCHING}),
    about=ListedAddress,
)
