"""The simulated DNS answers as name servers do, and changes without changing."""

from __future__ import annotations

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.dns import MX, Answer, Record, Status
from smtpsim.world.dns.zone_text import ZoneText
from smtpsim.world.dns.zonefile import read_zones
from smtpsim.world.dns.zones import Node, ZoneRecord, Zones, build

# The zone of RFC 4592 2.2.1, and some more.
TEXT = """\
$ORIGIN example.
@                 SOA   ns.example.com. hostmaster.example.com. 1 2 3 4 5
@                 NS    ns.example.com.
*                 TXT   "this is a wildcard"
*                 MX    10 host1.example.
sub.*             TXT   "this is not a wildcard"
host1             A     192.0.2.1
_ssh._tcp.host1   SRV   0 0 22 host1
_ssh._tcp.host2   SRV   0 0 22 host1
$ORIGIN example.com.
www               CNAME Web.Example.COM.
web               A     192.0.2.80
web               A     192.0.2.81
both              CNAME www
dangling          CNAME nowhere
loop              CNAME pool
pool              CNAME loop
out               CNAME host1.example.
*.wild            CNAME web
old               SPF   "v=spf1 -all"
ns.deep.down      AAAA  2001:db8::1
null              MX    0 .
"""


@pytest.fixture(scope="module")
def zones() -> Zones:
    read = read_zones([ZoneText("rfc4592.zone", TEXT)])
    assert isinstance(read, Zones), read
    return read


WEB = ("192.0.2.80", "192.0.2.81")


@pytest.mark.parametrize(
    ("name", "rdtype", "status", "records", "aliases"),
    [
        # RFC 4592 2.2.1: synthesised
        ("host3.example", "MX", "noerror", (MX(10, "host1.example"),), ()),
        ("host3.example", "A", "noerror", (), ()),
        ("foo.bar.example", "TXT", "noerror", (b"this is a wildcard",), ()),
        # RFC 4592 2.2.1: not synthesised
        ("host1.example", "MX", "noerror", (), ()),
        ("sub.*.example", "MX", "noerror", (), ()),
        ("_telnet._tcp.host1.example", "SRV", "nxdomain", (), ()),
        ("host2.example", "MX", "noerror", (), ()),
        ("_tcp.host2.example", "A", "noerror", (), ()),
        # the asterisk itself can be asked for
        ("*.example", "TXT", "noerror", (b"this is a wildcard",), ()),
        # plain answers, whatever the case
        ("web.example.com", "A", "noerror", WEB, ()),
        ("WEB.Example.Com", "A", "noerror", WEB, ()),
        ("web.example.com.", "A", "noerror", WEB, ()),
        ("old.example.com", "SPF", "noerror", (b"v=spf1 -all",), ()),
        ("old.example.com", "TXT", "noerror", (), ()),
        ("null.example.com", "MX", "noerror", (MX(0, ""),), ()),
        ("example", "A", "noerror", (), ()),
        ("ns.deep.down.example.com", "AAAA", "noerror", ("2001:db8::1",), ()),
        # an empty non-terminal exists, a name beside or outside does not
        ("down.example.com", "A", "noerror", (), ()),
        ("up.example.com", "A", "nxdomain", (), ()),
        ("example.org", "A", "nxdomain", (), ()),
        ("", "A", "nxdomain", (), ()),
        # aliases
        ("www.example.com", "A", "noerror", WEB, ("Web.Example.COM",)),
        ("www.example.com", "CNAME", "noerror", ("Web.Example.COM",), ()),
        ("both.example.com", "A", "noerror", WEB, ("www.example.com", "Web.Example.COM")),
        ("www.example.com", "MX", "noerror", (), ("Web.Example.COM",)),
        ("dangling.example.com", "A", "nxdomain", (), ("nowhere.example.com",)),
        ("out.example.com", "A", "noerror", ("192.0.2.1",), ("host1.example",)),
        ("a.wild.example.com", "A", "noerror", WEB, ("web.example.com",)),
        ("wild.example.com", "A", "noerror", (), ()),
    ],
)
def test_query(
    zones: Zones, name: str, rdtype: str, status: str, records: tuple[Record, ...], aliases: tuple[str, ...]
) -> None:
    assert zones.query(name, rdtype) == Answer(name, rdtype, Status(status), records, aliases)


def test_a_loop_of_aliases_is_servfail(zones: Zones) -> None:
    answer = zones.query("loop.example.com", "A")
    assert (answer.status, answer.records) == (Status.SERVFAIL, ())


@pytest.mark.parametrize(("length", "status"), [(10, Status.NOERROR), (11, Status.SERVFAIL)])
def test_a_chain_of_aliases_has_an_end(length: int, status: Status) -> None:
    zones = Zones().with_record(f"n{length}.example", "A", "192.0.2.1")
    for n in range(length):
        zones = zones.with_record(f"n{n}.example", "CNAME", f"n{n + 1}.example")
    assert zones.query("n0.example", "A").status is status


def test_a_broken_name(zones: Zones) -> None:
    broken = zones.with_failure("WEB.example.com", Status.TIMEOUT).with_failure("gone.example", Status.SERVFAIL)
    assert broken.query("web.example.com", "A").status is Status.TIMEOUT
    assert broken.query("www.example.com", "A").status is Status.TIMEOUT
    assert broken.query("gone.example", "A").status is Status.SERVFAIL
    assert broken.query("host1.example", "A").records == ("192.0.2.1",)
    assert zones.query("web.example.com", "A").records == WEB
    assert broken.with_failure("web.example.com", Status.NOERROR).query("web.example.com", "A").records == WEB


def test_changes_make_new_zones(zones: Zones) -> None:
    more = zones.with_record("New.Example.org", "A", "192.0.2.5").with_record("new.example.org", "A", "192.0.2.6")
    assert more.query("new.example.org", "A").records == ("192.0.2.5", "192.0.2.6")
    assert more.query("example.org", "A").status is Status.NOERROR
    assert zones.query("example.org", "A").status is Status.NXDOMAIN
    assert more.with_record("new.example.org", "A", "192.0.2.6") == more
    changed = more.with_records("new.example.org", "A", ["192.0.2.7"])
    assert changed.query("new.example.org", "A").records == ("192.0.2.7",)
    assert more.without("new.example.org") == more.without("new.example.org", "A") == zones
    assert zones.without("none.example.org") == zones


def test_a_cname_stands_alone(zones: Zones) -> None:
    aliased = zones.with_record("web.example.com", "CNAME", "host1.example")
    assert aliased.query("web.example.com", "A").records == ("192.0.2.1",)
    again = aliased.with_record("web.example.com", "CNAME", "host2.example")
    assert [answer.records for answer in again.at("web.example.com")] == [("host2.example",)]
    settled = again.with_record("web.example.com", "A", "192.0.2.9")
    assert [answer.rdtype for answer in settled.at("web.example.com")] == ["A"]


def test_without_lifts_a_failure_too(zones: Zones) -> None:
    broken = zones.with_failure("web.example.com", Status.TIMEOUT).without("web.example.com")
    assert broken.query("web.example.com", "A").status is Status.NXDOMAIN


def test_names_and_records_are_listed(zones: Zones) -> None:
    names = zones.names()
    assert names == sorted(names, key=lambda name: name.split(".")[::-1])
    assert {"example", "*.example", "web.example.com"} <= set(names)
    assert "down.example.com" not in names
    assert [answer.rdtype for answer in zones.at("example")] == ["SOA", "NS"]
    assert zones.at("down.example.com") == zones.at("none.example") == ()


def test_zones_are_pickled(zones: Zones) -> None:
    broken = zones.with_failure("x.example", Status.TIMEOUT)
    assert pickle.loads(pickle.dumps(broken)) == broken


labels = st.sampled_from(["a", "b", "c", "*"])
owners = st.lists(labels, min_size=1, max_size=4).map(".".join)
types = st.sampled_from(["A", "TXT", "CNAME"])
values: dict[str, Record] = {"A": "192.0.2.1", "TXT": b"x", "CNAME": "a"}
edits = st.lists(st.tuples(st.sampled_from(["with", "without", "clear"]), owners, types), max_size=20)


def _edited(steps: list[tuple[str, str, str]]) -> Zones:
    zones = Zones()
    for edit, owner, rdtype in steps:
        if edit == "with":
            zones = zones.with_record(owner, rdtype, values[rdtype])
        else:
            zones = zones.without(owner, rdtype if edit == "without" else "")
    return zones


@given(edits)
def test_the_names_that_exist_are_those_with_records_at_or_below(steps: list[tuple[str, str, str]]) -> None:
    zones = _edited(steps)
    expected: dict[str, int] = {}
    for owner, _ in zones.rrsets:
        labels = owner.split(".")
        for start in range(len(labels)):
            name = ".".join(labels[start:])
            expected[name] = expected.get(name, 0) + 1
    assert {name: node.population for name, node in zones.nodes.items()} == expected
    for name, node in zones.nodes.items():
        assert sorted(node.types) == sorted(kind for owner, kind in zones.rrsets if owner == name)
        assert isinstance(node, Node)
        assert "CNAME" not in node.types or len(node.types) == 1


@given(edits, owners, types)
def test_every_query_is_answered_the_same_in_any_case(
    steps: list[tuple[str, str, str]], name: str, rdtype: str
) -> None:
    zones = _edited(steps)
    answer = zones.query(name, rdtype)
    assert zones.query(name.upper(), rdtype) == answer._replace(name=name.upper())
    assert not answer.records or answer.status is Status.NOERROR
    assert len(answer.aliases) <= 11


spelled = st.sampled_from(["a.test", "b.a.test", "*.a.test", "B.A.test."])


@given(st.lists(st.tuples(spelled, types, st.sampled_from(["x.test", "y.test"])), max_size=12))
def test_built_at_once_they_are_as_if_built_one_by_one(rows: list[tuple[str, str, str]]) -> None:
    one_by_one = Zones()
    for name, rdtype, record in rows:
        one_by_one = one_by_one.with_record(name, rdtype, record)
    assert build(ZoneRecord(*row) for row in rows) == one_by_one


records = st.builds(
    ZoneRecord,
    st.sampled_from(["a.example", "A.example.", "b.a.example", "*.a.example"]),
    st.sampled_from(["A", "CNAME", "TXT"]),
    st.sampled_from(["192.0.2.1", "192.0.2.2", "c.example"]),
)


@given(st.lists(records, max_size=12))
def test_zones_built_at_once_are_those_built_one_by_one(found: list[ZoneRecord]) -> None:
    zones = Zones()
    for name, rdtype, record in found:
        assert record is not None
        zones = zones.with_record(name, rdtype, record)
    built = build(found)
    assert (built.rrsets, built.failures) == (zones.rrsets, zones.failures)
    assert {name: node.population for name, node in built.nodes.items()} == {
        name: node.population for name, node in zones.nodes.items()
    }


def test_a_large_set_costs_in_proportion() -> None:
    begun = time.process_time()
    built = build(ZoneRecord("a.example", "TXT", b"%d" % number) for number in range(50_000))
    assert len(built.query("a.example", "TXT").records) == 50_000
    assert time.process_time() - begun < 2
