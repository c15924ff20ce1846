"""What operators of blocklists do: a state machine against the list of all hits."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from smtpsim.kernel.duration import DAY
from smtpsim.world import blocklists
from smtpsim.world.blocklists import (
    Listing,
    TrapHit,
    as_of,
    delisted,
    hit,
    known_lists,
    listed,
    listings_of,
    trail_of,
)
from smtpsim.world.dnsbl import ZEN, Operator, list_name, look_up
from smtpsim.world.load import shipped_world
from smtpsim.world.queue import wait
from smtpsim.world.transport import run_queue

WORLD = shipped_world()
IPS = ("192.0.2.10", "203.0.113.9", "2001:db8::9")
RUN = Operator(hits=3, over=2, days=20, kept=5)


class Operation(RuleBasedStateMachine):
    """Hits and time in any order; beside them, all hits as they were."""

    def __init__(self) -> None:
        super().__init__()
        self.world = WORLD._replace(blocklists={ZEN: RUN})
        self.hits: dict[str, list[int]] = {ip: [] for ip in IPS}

    @rule(ip=st.sampled_from(IPS))
    def hit(self, ip: str) -> None:
        self.world = hit(self.world, TrapHit(ZEN, ip))
        self.hits[ip].append(self.world.now)

    @rule(days=st.integers(0, 6))
    def wait_days(self, days: int) -> None:
        self.world = as_of(self.world, self.world.now + days * DAY)

    @rule(seconds=st.integers(0, 25 * DAY))
    def wait(self, seconds: int) -> None:
        self.world = wait(self.world, seconds, run_queue)

    @rule(ip=st.sampled_from(IPS))
    def delist(self, ip: str) -> None:
        self.world = delisted(self.world, ZEN, ip)
        self.hits[ip].clear()

    @invariant()
    def whoever_is_listed_has_hit_often_and_long_enough_and_not_long_ago(self) -> None:
        for ip in IPS:
            assert (look_up(self.world.zones, ip, ZEN).result == "listed") == self.should_be_listed(ip)

    @invariant()
    def memory_and_dns_say_the_same(self) -> None:
        for ip in IPS:
            assert bool(listings_of(self.world, ip)) == bool(self.world.zones.at(list_name(ip, ZEN)))

    def should_be_listed(self, ip: str) -> bool:
        """Over all hits: those behind the last long pause count; the listing lasts from the last that was enough."""
        until, begun, count, last = 0, 0, 0, 0
        for time in self.hits[ip]:
            if not count or time - last >= RUN.days * DAY:
                begun, count = time, 0
            count, last = count + 1, time
            if count >= RUN.hits and time - begun >= RUN.over * DAY:
                until = time + RUN.kept * DAY
        return until > self.world.now


Operation.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestOperation = Operation.TestCase


def at(world_days: int, hits: tuple[int, ...]) -> bool:
    """Whether the shipped list has the address after hits on these days."""
    world = WORLD
    for day in hits:
        world = hit(as_of(world, WORLD.now + day * DAY), TrapHit(ZEN, IPS[0]))
    world = as_of(world, WORLD.now + world_days * DAY)
    return look_up(world.zones, IPS[0], ZEN).result == "listed"


CASES = (
    # three letters within a day are a mistake; over a week they are a list that nobody keeps
    (0, (0, 0, 0, 0, 0), False),
    (7, (0, 7), False),
    (7, (0, 3, 7), True),
    (6, (0, 3, 6), False),
    (36, (0, 3, 7), True),
    (37, (0, 3, 7), False),
    (50, (0, 3, 7, 30), True),
    # a year without any, and all is forgotten
    (373, (0, 7, 371), True),
    (373, (0, 7, 372), False),
)


@pytest.mark.parametrize(("day", "hits", "found"), CASES)
def test_the_shipped_list_lists_after_hits_over_a_week_and_lets_go_a_month_later(
    day: int, hits: tuple[int, ...], found: bool
) -> None:
    assert at(day, hits) == found


def test_more_hits_on_a_listed_address_leave_the_dns_as_it_is() -> None:
    """So that what is known of the DNS stays known."""
    world = WORLD
    for day in (0, 3, 7):
        world = hit(as_of(world, WORLD.now + day * DAY), TrapHit(ZEN, IPS[0]))
    assert hit(world, TrapHit(ZEN, IPS[0])).zones is world.zones


def test_a_listing_beside_another_ends_alone() -> None:
    forever = listed(WORLD, Listing(ZEN, IPS[0], "127.0.0.4", "hand", WORLD.now))
    both = listed(forever, Listing(ZEN, IPS[0], "127.0.0.2", "hand", WORLD.now, WORLD.now + DAY))
    assert look_up(both.zones, IPS[0], ZEN).codes == ("127.0.0.2", "127.0.0.4")
    later = as_of(both, WORLD.now + DAY)
    assert look_up(later.zones, IPS[0], ZEN).codes == ("127.0.0.4",)
    assert len(listings_of(later, IPS[0])) == 1


def test_what_stands_in_the_zone_is_left_alone_until_it_is_taken_off() -> None:
    attacker = "203.0.113.66"
    assert listed(WORLD, Listing(ZEN, attacker, "127.0.0.4", "hand", WORLD.now, WORLD.now + 1)) is WORLD
    assert look_up(delisted(WORLD, ZEN, attacker).zones, attacker, ZEN).result == "not-listed"


def test_there_is_an_end_to_listings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocklists, "MOST_LISTINGS", 2)
    world = WORLD
    for ip in IPS:
        world = listed(world, Listing(ZEN, ip, "127.0.0.2", "hand", world.now))
    assert [bool(listings_of(world, ip)) for ip in IPS] == [True, True, False]


def test_the_world_knows_the_lists_that_its_hosts_ask() -> None:
    assert known_lists(WORLD) == (ZEN,)
    assert known_lists(WORLD._replace(blocklists={"bl.example": RUN})) == ("bl.example", ZEN)


def test_hits_are_forgotten_with_the_listing() -> None:
    world = hit(WORLD, TrapHit(ZEN, IPS[0]))
    assert trail_of(world, ZEN, IPS[0])
    assert trail_of(delisted(world, ZEN, IPS[0]), ZEN, IPS[0]) is None


def test_a_listing_for_longer_than_there_are_dates_lasts_a_century() -> None:
    world = WORLD._replace(blocklists={ZEN: Operator(hits=1, over=0, kept=2**63 - 1)})
    (listing,) = listings_of(hit(world, TrapHit(ZEN, IPS[0])), IPS[0])
    assert listing.until == WORLD.now + 36_500 * DAY
