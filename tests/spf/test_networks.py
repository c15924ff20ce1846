"""Runs of networks, checked as a whole: what comes out is what each term alone would give (RFC 7208 5.6)."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.dns import Status
from smtpsim.spf import Record, check_host, parse_record
from smtpsim.spf.mechanisms.ip4 import Ip4
from smtpsim.spf.networks import Networks
from smtpsim.spf.parse import FEW, parse_term
from smtpsim.world.dns.zones import Zones

octets = st.one_of(st.sampled_from([0, 1, 9, 10, 11, 192, 255]), st.integers(0, 255))
hextets = st.one_of(st.sampled_from([0, 1, 0x64, 0x2001, 0x2A00]), st.integers(0, 0xFFFF))
ip4_addresses = st.lists(octets, min_size=4, max_size=4).map(lambda parts: ".".join(map(str, parts)))
ip6_addresses = st.lists(hextets, min_size=8, max_size=8).map(lambda parts: ":".join(f"{part:x}" for part in parts))


@st.composite
def spelled(draw: st.DrawFn, address: str) -> str:
    """The same address in one of the forms in which it can be written."""
    if "." in address:
        return address
    whole = IPv6Address(address)
    return draw(st.sampled_from([address, whole.exploded, whole.compressed, address.upper(), whole.compressed.upper()]))


@st.composite
def networks(draw: st.DrawFn) -> tuple[str, str, str]:
    """A qualifier, a kind and a network."""
    kind, addresses, bits = draw(st.sampled_from([("ip4", ip4_addresses, 32), ("ip6", ip6_addresses, 128)]))
    length = draw(st.one_of(st.none(), st.integers(0, bits)))
    cut = "" if length is None else f"/{length}"
    written = draw(st.sampled_from([kind, kind, kind.upper()]))
    return draw(st.sampled_from(["", "", "", "+", "-", "~", "?"])), written, draw(spelled(draw(addresses))) + cut


RESULTS = {"": "pass", "+": "pass", "-": "fail", "~": "softfail", "?": "neutral"}


@given(st.lists(networks(), max_size=12), st.one_of(ip4_addresses, ip6_addresses), st.booleans())
def test_the_first_network_that_holds_the_client_decides(
    terms: list[tuple[str, str, str]], client: str, inside: bool
) -> None:
    if terms and inside:
        client = terms[-1][2].partition("/")[0]
    text = " ".join(["v=spf1", *(f"{qualifier}{kind}:{network}" for qualifier, kind, network in terms)])
    verdict = check_host(
        client, "a.example", "b@a.example", "h", Zones().with_record("a.example", "TXT", text.encode())
    )
    address = ip_address(client)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    held = [address in ip_network(network, strict=False) for _, _, network in terms]
    first = held.index(True) if True in held else None
    assert verdict.result == ("neutral" if first is None else RESULTS[terms[first][0]])
    assert [step.matched for step in verdict.trace.steps] == (held if first is None else held[: first + 1])


@given(st.lists(st.tuples(networks(), st.sampled_from([" ", " ", " ", "  "])), max_size=12))
def test_each_term_of_a_run_is_what_it_is_alone(terms: list[tuple[tuple[str, str, str], str]]) -> None:
    text = "v=spf1"
    alone = []
    for (qualifier, kind, network), space in terms:
        text += space
        alone.append(parse_term(f"{qualifier}{kind}:{network}", len(text) + 1))
        text += f"{qualifier}{kind}:{network}"
    record = parse_record(text.encode())
    assert isinstance(record, Record)
    assert record.terms == record.mechanisms == tuple(alone)


PLAIN = ["ip4:192.0.2.0/24", "ip4:192.0.2.1", "~ip4:10.0.0.0/8", "ip6:2001:db8::/32", "-ip6:2001:DB8::", "ip6:2::/16"]
READ = ["ip4:192.0.2.0/7", "IP4:192.0.2.0/24", "ip6:2001:db8::1", "ip6:2001:db8::/15", "ip6:2A00::/32", "ip6:0001::/32"]


@pytest.mark.parametrize(("text", "plain"), [*((text, True) for text in PLAIN), *((text, False) for text in READ)])
def test_which_terms_make_a_run(text: str, plain: bool) -> None:
    record = parse_record(f"v=spf1 {' '.join([text] * FEW)} a".encode())
    assert isinstance(record, Record)
    made = [isinstance(part, Networks) for part in record.parts]
    assert made == ([True, False] if plain else [False] * (FEW + 1))


def test_a_few_networks_are_read_one_by_one() -> None:
    record = parse_record(f"v=spf1 {' '.join(PLAIN[: FEW - 1])}".encode())
    assert isinstance(record, Record)
    assert len(record.parts) == FEW - 1
    assert not any(isinstance(part, Networks) for part in record.parts)


def test_records_are_equal_whose_terms_are() -> None:
    one, other = parse_record(b"v=spf1 ip4:192.0.2.1"), parse_record(b"v=spf1 IP4:192.0.2.1")
    assert one == other
    assert hash(one) == hash(other)
    for different in (b"v=spf1 ip4:192.0.2.0", b"v=spf1 ip4:192.0.2.2", b"v=spf1 ip4:192.0.2.1 a"):
        assert one != parse_record(different)
    assert one != (Ip4("+", 8, "192.0.2.1", 0xC0000201, 32),)


def test_the_steps_of_a_run_count_what_was_used_before_it() -> None:
    zones = Zones().with_record("a.example", "TXT", b"v=spf1 a:n.example ip4:10.0.0.0/8 ip4:192.0.2.0/24 -all")
    verdict = check_host("192.0.2.10", "a.example", "b@a.example", "h", zones)
    found = [(str(step.term), step.term.column, step.reason, step.lookups, step.voids) for step in verdict.trace.steps]
    assert found == [
        ("a:n.example", 8, "no-match", 1, 1),
        ("ip4:10.0.0.0/8", 20, "no-match", 1, 1),
        ("ip4:192.0.2.0/24", 35, "matched", 1, 1),
    ]
    assert (verdict.term, str(verdict.ref)) == ("ip4:192.0.2.0/24", "RFC 7208 5.6")
    assert zones.query("n.example", "A").status is Status.NXDOMAIN
