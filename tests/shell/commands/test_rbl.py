""":rbl: look at blocklists, put an address on one, take it off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.duration import DAY
from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.shell.commands.rbl import Asked, read
from smtpsim.world.blocklists import Listing, listings_of
from smtpsim.world.dnsbl import ZEN, look_up
from smtpsim.world.hosts import Hosts
from smtpsim.world.load import shipped_world
from tests.shell.commands.orders import done, refused, run

WORLD = shipped_world()
ME, OTHER = "192.0.2.10", "203.0.113.9"

READ = (
    ("", Asked(ME, "", ZEN)),
    (OTHER, Asked(OTHER, "", ZEN)),
    ("2001:DB8::0:1", Asked("2001:db8::1", "", ZEN)),
    (f"{OTHER} {ZEN} add", Asked(OTHER, "add", ZEN)),
    (f"{OTHER} add", Asked(OTHER, "add", ZEN)),
    ("add", Asked(ME, "add", ZEN)),
    (f"add {OTHER} zen", Asked(OTHER, "add", ZEN)),
    (f"add {OTHER} Spamhaus", Asked(OTHER, "add", ZEN)),
    (f"{OTHER} {ZEN}. add", Asked(OTHER, "add", ZEN)),
    (f"{OTHER} ADD XBL", Asked(OTHER, "add", ZEN, "127.0.0.4")),
    (f"{OTHER} add pbl 3d", Asked(OTHER, "add", ZEN, "127.0.0.10", 3 * DAY)),
    (f"{OTHER} add 127.0.0.3", Asked(OTHER, "add", ZEN, "127.0.0.3")),
    ("127.0.0.2", Asked("127.0.0.2", "", ZEN)),
    (f"{OTHER} {ZEN} remove", Asked(OTHER, "remove", ZEN)),
    (f"{OTHER} delist", Asked(OTHER, "remove", ZEN)),
    (f"rm {OTHER}", Asked(OTHER, "remove", ZEN)),
)


@pytest.mark.parametrize(("argument", "asked"), READ)
def test_the_words_may_stand_in_any_order(simulation: Simulation, argument: str, asked: Asked) -> None:
    assert read(simulation, argument) == asked


WRONG = (
    ("mx.example.com", "rbl-word"),
    (f"{OTHER} bl.example add", "rbl-word"),
    (f"{OTHER} {ME}", "rbl-two"),
    (f"{OTHER} remove", "rbl-not-listed"),
    ("2001:db8:bad::1 remove", "rbl-network"),
)


@pytest.mark.parametrize(("argument", "key"), WRONG)
def test_what_cannot_be_done_is_told(simulation: Simulation, argument: str, key: str) -> None:
    assert refused(simulation, f":rbl {argument}") == key


def test_where_nobody_asks_a_list_there_is_none_to_change() -> None:
    hosts = Hosts.of(host._replace(policies=()) for host in WORLD.hosts.values())
    bare = open_simulation(WORLD._replace(hosts=hosts, blocklists={})).after
    assert refused(bare, f":rbl {OTHER} add") == "rbl-no-lists"
    assert isinstance(run(bare, f":rbl {OTHER}"), Turn)


def test_looking_changes_nothing(simulation: Simulation) -> None:
    assert done(simulation, f":rbl {OTHER}").after.world is simulation.world


def test_listed_until_it_is_taken_off(simulation: Simulation) -> None:
    world = done(simulation, f":rbl {OTHER} add").after.world
    assert listings_of(world, OTHER) == (Listing(ZEN, OTHER, "127.0.0.2", "hand", WORLD.now),)
    found = look_up(world.zones, OTHER, ZEN)
    assert (found.result, found.text) == ("listed", f"https://check.spamhaus.org/query/ip/{OTHER}")
    later = done(done(simulation, f":rbl {OTHER} add").after, ":wait 300d").after
    assert look_up(later.world.zones, OTHER, ZEN).result == "listed"
    freed = done(later, f":rbl {OTHER} remove").after.world
    assert look_up(freed.zones, OTHER, ZEN).result == "not-listed"
    assert listings_of(freed, OTHER) == ()


def test_listed_for_a_time(simulation: Simulation) -> None:
    listed = done(simulation, ":rbl 2001:db8::9 add css 2d").after
    assert look_up(listed.world.zones, "2001:db8::9", ZEN).codes == ("127.0.0.3",)
    assert look_up(done(listed, ":wait 2d").after.world.zones, "2001:db8::9", ZEN).result == "not-listed"


def test_the_client_is_looked_up_again_at_once() -> None:
    simulation = open_simulation(WORLD, WORLD.hosts["mx.bigpost.example"], OTHER).after
    results = []
    for order in (":rbl add 1d", ":wait 1d", ":rbl add", ":rbl remove"):
        simulation = done(simulation, order).after
        (check,) = (check for check in simulation.connection.findings if check.kind == "dnsbl")
        results.append(check.result)
    assert results == ["listed", "not-listed", "listed", "not-listed"]


@given(st.text(max_size=40))
def test_any_text_is_carried_out_or_refused_with_a_reason(text: str) -> None:
    assert isinstance(run(open_simulation(WORLD).after, f":rbl {text}"), Turn | Wrong)
