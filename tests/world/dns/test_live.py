"""A real name server on loopback gives the verdicts that its zone file gives."""

from __future__ import annotations

import socket
from collections.abc import Callable

import dns.resolver
import pytest

from smtpsim.kernel.dns import MX, Answer, Status
from smtpsim.render.spf_json import plain_verdict
from smtpsim.spf import check_host
from smtpsim.world.dns.live import CHECK_SECONDS, LiveFault, LiveResolver, open_live
from smtpsim.world.dns.zone_text import ZoneText
from smtpsim.world.dns.zonefile import read_zones
from smtpsim.world.dns.zones import Zones

Serve = Callable[..., str]

TEXT = """\
$ORIGIN example.com.
@ TXT ( "v=spf1 mx a:www.example.com include:_spf.example.net"
        " exists:%{ir}.bl.example.net -all exp=why.example.com" )
@ TXT "another text"
@ MX 10 mail
@ MX 20 backup
mail A 192.0.2.1
mail AAAA 2001:db8::1
backup A 192.0.2.2
www CNAME web
web A 192.0.2.80
why TXT "not from %{c}, %{p}"
many TXT "v=spf1 a:n1.example a:n2.example a:n3.example"
chain TXT "v=spf1 redirect=example.com"
self TXT "v=spf1 include:self.example.com"
wrong TXT "v=spf1 a:1.2.3.4"
slow TXT "v=spf1 a:broken.example.net ?all"
pointed TXT "v=spf1 ptr -all"
macro%\\032name A 192.0.2.1
spaces TXT "v=spf1 a:macro%%%_name.example.com -all"
big TXT "{}" "v"
loop CNAME pool
pool CNAME loop
null MX 0 .
$ORIGIN example.net.
_spf TXT "v=spf1 ip4:198.51.100.0/24 ip6:2001:db8:1::/48 ?all"
4.113.0.203.bl A 127.0.0.2
$ORIGIN .
5.113.0.203.in-addr.arpa PTR host.pointed.example.com.
host.pointed.example.com A 203.0.113.5
""".replace("{}", "a" * 255 + '" "' + "b" * 255 + '" "' + "c" * 255 + '" "' + "d" * 255 + '" "' + "e" * 255)


@pytest.fixture(scope="module")
def zones() -> Zones:
    read = read_zones([ZoneText("live.zone", TEXT)])
    assert isinstance(read, Zones), read
    return read.with_failure("broken.example.net", Status.SERVFAIL)


def opened(where: str) -> LiveResolver:
    resolver = open_live(where)
    assert isinstance(resolver, LiveResolver), resolver
    return resolver


def in_order(data: object) -> object:
    """Plain data with the records of each answer sorted: a name server may turn them round."""
    if isinstance(data, dict):
        return {key: sorted(value) if key == "records" else in_order(value) for key, value in data.items()}
    return [in_order(item) for item in data] if isinstance(data, list) else data


CASES = [
    ("192.0.2.2", "example.com", "pass"),
    ("192.0.2.80", "example.com", "pass"),
    ("2001:db8::1", "example.com", "pass"),
    ("198.51.100.7", "example.com", "pass"),
    ("203.0.113.4", "example.com", "pass"),
    ("203.0.113.9", "example.com", "fail"),
    ("203.0.113.9", "chain.example.com", "fail"),
    ("203.0.113.5", "pointed.example.com", "pass"),
    ("192.0.2.1", "spaces.example.com", "pass"),
    ("192.0.2.1", "many.example.com", "permerror"),
    ("192.0.2.1", "self.example.com", "permerror"),
    ("192.0.2.1", "wrong.example.com", "permerror"),
    ("192.0.2.1", "slow.example.com", "temperror"),
    ("192.0.2.1", "none.example.com", "none"),
    ("192.0.2.1", "mail.example.com", "none"),
]


@pytest.mark.parametrize(("ip", "domain", "result"), CASES)
def test_the_same_verdict(zones: Zones, name_server: Serve, ip: str, domain: str, result: str) -> None:
    sender = f"ann@{domain}"
    simulated = check_host(ip, domain, sender, "mail.example.com", zones)
    live = check_host(ip, domain, sender, "mail.example.com", opened(name_server(zones)))
    assert simulated.result == result
    assert in_order(plain_verdict(live)) == in_order(plain_verdict(simulated))


@pytest.mark.parametrize(
    ("name", "rdtype"),
    [
        ("example.com", "MX"),
        ("example.com", "TXT"),
        ("mail.example.com", "AAAA"),
        ("www.example.com", "A"),
        ("www.example.com", "CNAME"),
        ("null.example.com", "MX"),
        ("big.example.com", "TXT"),
        ("none.example.com", "A"),
        ("bl.example.net", "A"),
        ("broken.example.net", "A"),
        ("macro% name.example.com", "A"),
    ],
)
def test_the_same_answer(zones: Zones, name_server: Serve, name: str, rdtype: str) -> None:
    live, simulated = opened(name_server(zones)).query(name, rdtype), zones.query(name, rdtype)
    assert live._replace(records=()) == simulated._replace(records=())
    assert len(live.records) == len(simulated.records)
    assert set(live.records) == set(simulated.records)


def _first_alias_only(answer: Answer) -> Answer:
    """As a server answers that holds the alias, and not the zone that it leads to."""
    if not answer.aliases:
        return answer
    return answer._replace(status=Status.NOERROR, records=(), aliases=answer.aliases[:1])


def test_an_alias_is_followed_across_servers(name_server: Serve) -> None:
    zones = Zones().with_record("a.example", "CNAME", "b.example").with_record("b.example", "CNAME", "c.example")
    zones = zones.with_record("c.example", "A", "192.0.2.1").with_record("d.example", "CNAME", "none.example")
    resolver = opened(name_server(zones, _first_alias_only))
    assert resolver.query("a.example", "A") == zones.query("a.example", "A")
    assert resolver.query("d.example", "A") == zones.query("d.example", "A")


@pytest.mark.parametrize(("length", "status"), [(10, Status.NOERROR), (11, Status.SERVFAIL)])
def test_a_chain_of_aliases_has_an_end(name_server: Serve, length: int, status: Status) -> None:
    zones = Zones().with_record(f"n{length}.example", "A", "192.0.2.1")
    for n in range(length):
        zones = zones.with_record(f"n{n}.example", "CNAME", f"n{n + 1}.example")
    assert opened(name_server(zones, _first_alias_only)).query("n0.example", "A").status is status


def test_a_loop_of_aliases_ends(zones: Zones, name_server: Serve) -> None:
    resolver = opened(name_server(zones, _first_alias_only))
    assert resolver.query("loop.example.com", "A").status is Status.SERVFAIL


def test_a_name_that_no_query_fits_is_not_asked_for() -> None:
    resolver = LiveResolver((("192.0.2.1", 53),))
    assert resolver.query("a..example", "A") == Answer("a..example", "A", Status.NXDOMAIN)
    assert resolver.query("a" * 64 + ".example", "A").status is Status.NXDOMAIN


def test_silence_times_out(name_server: Serve) -> None:
    """The clock stands 50 ms before the end of the check's time."""
    where = name_server(Zones().with_failure("slow.example", Status.TIMEOUT))
    host, _, port = where.partition(":")
    times = iter([0.0])
    resolver = LiveResolver(((host, int(port)),), clock=lambda: next(times, CHECK_SECONDS - 0.05))
    verdict = check_host("192.0.2.1", "slow.example", "a@slow.example", "h.example", resolver)
    assert (verdict.result, verdict.reason, resolver.fault) == ("temperror", "dns-timeout", None)


def test_no_question_after_the_time_is_up() -> None:
    times = iter([0.0])
    resolver = LiveResolver((("192.0.2.1", 53),), clock=lambda: next(times, CHECK_SECONDS))
    assert resolver.query("example.com", "TXT").status is Status.TIMEOUT


def test_a_server_that_is_not_there_is_a_fault() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    resolver = opened(f"127.0.0.1:{port}")
    answer = resolver.query("example.com", "TXT")
    assert answer.failed
    assert resolver.fault is not None
    assert resolver.fault.key == "dns-unreachable"
    assert f"127.0.0.1 port {port}" in resolver.fault.detail


def test_the_next_server_is_asked(zones: Zones, name_server: Serve) -> None:
    host, _, port = name_server(zones).partition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
        unused.bind(("127.0.0.1", 0))
        dead = unused.getsockname()[1]
    resolver = LiveResolver(((host, dead), (host, int(port))))
    records = resolver.query("example.com", "MX").records
    assert set(records) == {MX(10, "mail.example.com"), MX(20, "backup.example.com")}
    assert resolver.fault is None


@pytest.mark.parametrize(
    ("where", "servers"),
    [
        ("127.0.0.1", (("127.0.0.1", 53),)),
        ("127.0.0.1:5353", (("127.0.0.1", 5353),)),
        ("[::1]:5353", (("::1", 5353),)),
        ("[::1]", (("::1", 53),)),
        ("::1", (("::1", 53),)),
    ],
)
def test_where_a_server_is(where: str, servers: tuple[tuple[str, int], ...]) -> None:
    assert opened(where).servers == servers


@pytest.mark.parametrize(
    ("where", "key"),
    [
        ("127.0.0.1:", "dns-server-syntax"),
        ("127.0.0.1:0", "dns-server-syntax"),
        ("127.0.0.1:65536", "dns-server-syntax"),
        ("127.0.0.1:²", "dns-server-syntax"),
        ("127.0.0.1:" + "9" * 10_000, "dns-server-syntax"),
        (":53", "dns-server-syntax"),
        ("[::1", "dns-server-syntax"),
        ("[::1]53", "dns-server-syntax"),
        ("300.0.0.1.invalid:53", "dns-server-unknown"),
        ("a..b:53", "dns-server-unknown"),
    ],
)
def test_where_no_server_can_be(where: str, key: str) -> None:
    fault = open_live(where)
    assert isinstance(fault, LiveFault)
    assert fault.key == key


def test_the_system_names_its_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    class System:
        nameservers = ("192.0.2.53", "2001:db8::53")

    monkeypatch.setattr("dns.resolver.Resolver", System)
    assert opened("").servers == (("192.0.2.53", 53), ("2001:db8::53", 53))


def test_a_system_without_servers_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def unconfigured() -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr("dns.resolver.Resolver", unconfigured)
    fault = open_live()
    assert isinstance(fault, LiveFault)
    assert fault.key == "dns-unconfigured"
