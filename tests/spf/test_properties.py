"""What holds for every record and every zone."""

from __future__ import annotations

import json
from ipaddress import IPv6Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.explain import words
from smtpsim.kernel import dns
from smtpsim.kernel.dns import MX, Answer, Status
from smtpsim.render.spf import verdict_lines
from smtpsim.render.spf_json import plain_verdict
from smtpsim.spf import Record, Result, SyntaxFault, check_host, parse_record
from smtpsim.spf.address import client_at, ip6_value
from smtpsim.spf.expand import expanded, target_name
from smtpsim.spf.macro import DomainSpec, parse_domain_spec
from smtpsim.spf.name import fitted, usable
from smtpsim.spf.run import Run
from smtpsim.spf.trace import Evaluation
from smtpsim.world.dns.zones import Zones

NAMES = ["a.example", "b.example", "c.d.example", "example", "10.2.0.192.in-addr.arpa"]

literals = st.text(st.sampled_from("abcXYZ019-_.:/!~="), max_size=8)
macros = st.builds(
    "%{{{}{}{}{}}}".format,
    st.sampled_from("slodiphvSLODIPHV"),
    st.sampled_from(["", "1", "2", "007", "99999999999"]),
    st.sampled_from(["", "r", "R"]),
    st.text(st.sampled_from(".-+,/_="), max_size=3),
)
macro_strings = st.lists(st.one_of(literals, macros, st.sampled_from(["%%", "%_", "%-"])), max_size=5).map("".join)
domains = st.builds(
    str.__add__, macro_strings, st.one_of(macros, st.sampled_from([f".{n}" for n in NAMES] + [".example."]))
)
known = st.sampled_from([*NAMES, "%{d}", "%{p}", "%{l}.%{o}"])
targets = st.one_of(known, domains)
prefixes = st.builds(str.__add__, st.sampled_from(["", "/0", "/24", "/32"]), st.sampled_from(["", "//0", "//64"]))
mechanisms = st.one_of(
    st.sampled_from(["all", "ptr", "A", "mx", "ip4:192.0.2.0/24", "ip4:10.1.2.3", "ip6:1::3:4:5:6:7:8/64"]),
    st.builds("{}:{}{}".format, st.sampled_from(["a", "mx", "MX"]), targets, prefixes),
    st.builds("{}:{}".format, st.sampled_from(["include", "Exists", "ptr"]), targets),
)
directives = st.builds(str.__add__, st.sampled_from(["", "+", "-", "~", "?"]), mechanisms)
modifiers = st.builds("{}={}".format, st.sampled_from(["x", "X.y-z_0", "redirected"]), macro_strings) | st.builds(
    "{}={}".format, st.sampled_from(["redirect", "EXP"]), targets
)
terms = st.one_of(directives, directives, modifiers)
records = st.lists(terms, max_size=12).flatmap(
    lambda chosen: st.lists(st.integers(1, 3), min_size=len(chosen), max_size=len(chosen)).map(
        lambda gaps: "v=spf1" + "".join(" " * gap + term for gap, term in zip(gaps, chosen, strict=True))
    )
)
octets = st.one_of(records.map(str.encode), st.binary(max_size=40).map(lambda tail: b"v=spf1 " + tail))


@given(octets)
def test_printing_and_reading_a_record_gives_the_same_record(text: bytes) -> None:
    record = parse_record(text)
    if isinstance(record, Record):
        assert parse_record(str(record).encode()) == record
        assert len(str(record)) <= len(text)


@given(records)
def test_the_grammar_is_read(text: str) -> None:
    fault = parse_record(text.encode())
    assert not isinstance(fault, SyntaxFault) or fault.key in ("modifier-twice", "domain-end")


@given(octets)
def test_a_fault_points_into_the_record(text: bytes) -> None:
    fault = parse_record(text)
    if isinstance(fault, SyntaxFault):
        assert 1 <= fault.column <= len(text) + 1
        assert fault.ref.rfc == 7208


addresses = st.sampled_from(["192.0.2.10", "198.51.100.1"])
shapes: dict[str, st.SearchStrategy[dns.Record]] = {
    "A": addresses,
    "AAAA": st.sampled_from(["2001:db8::1", "2001:db8::2"]),
    "MX": st.builds(MX, st.integers(0, 3), st.sampled_from([*NAMES, ""])),
    "PTR": st.sampled_from(NAMES),
    "TXT": octets,
}
placed = st.sampled_from(NAMES).flatmap(
    lambda name: st.sampled_from(sorted(shapes)).flatmap(
        lambda rdtype: st.tuples(st.just(name), st.just(rdtype), shapes[rdtype])
    )
)
aliases = st.tuples(st.sampled_from(NAMES), st.just("CNAME"), st.sampled_from(NAMES))
failures = st.dictionaries(st.sampled_from(NAMES), st.sampled_from([Status.SERVFAIL, Status.TIMEOUT]), max_size=1)


@st.composite
def worlds(draw: st.DrawFn) -> Zones:
    zones = Zones()
    for name, rdtype, record in draw(st.lists(st.one_of(placed, placed, aliases), max_size=14)):
        zones = zones.with_record(name, rdtype, record)
    for name, status in draw(failures).items():
        zones = zones.with_failure(name, status)
    return zones


clients = st.sampled_from(["192.0.2.10", "203.0.113.9", "2001:db8::1", "::ffff:192.0.2.10"])
senders = st.sampled_from(["", "ann@a.example", "b-c@b.example", "x@C.d.Example", "@a.example", "ann@example"])


class Counted:
    """Zones that count what they are asked."""

    def __init__(self, zones: Zones) -> None:
        self.zones = zones
        self.asked = 0

    def query(self, name: str, rdtype: str) -> Answer:
        self.asked += 1
        return self.zones.query(name, rdtype)


@settings(max_examples=200)
@given(worlds(), clients, st.sampled_from(NAMES), senders)
def test_every_check_ends_within_the_limits(zones: Zones, ip: str, domain: str, sender: str) -> None:
    counted = Counted(zones)
    verdict = check_host(ip, domain, sender, "h.a.example", counted)
    assert verdict.result in Result
    assert verdict.lookups <= 11
    assert verdict.voids <= 13
    assert counted.asked <= 1 + 11 * 12 + 12 + 12
    assert bool(verdict.explanation) <= (verdict.result is Result.FAIL)
    assert json.dumps(plain_verdict(verdict), ensure_ascii=False).isprintable()
    assert all(line.isprintable() for line in verdict_lines(verdict, words("en")))


@settings(max_examples=200)
@given(worlds(), clients, st.sampled_from(NAMES), senders)
def test_the_case_of_names_does_not_matter(zones: Zones, ip: str, domain: str, sender: str) -> None:
    verdict = check_host(ip, domain, sender, "h.a.example", zones)
    shouted = check_host(ip, domain.upper(), sender, "H.A.EXAMPLE", zones)
    local, at, origin = sender.rpartition("@")
    resent = check_host(ip, domain.swapcase(), f"{local}{at}{origin.swapcase()}", "h.a.example", zones)
    assert verdict.result == shouted.result == resent.result
    assert verdict.reason == shouted.reason == resent.reason
    assert (verdict.lookups, verdict.voids) == (shouted.lookups, shouted.voids)


@given(st.text(st.sampled_from("ab."), max_size=600))
def test_a_name_is_cut_at_its_labels(name: str) -> None:
    cut = fitted(name)
    whole = name.removesuffix(".")
    assert whole == cut or whole.endswith(f".{cut}") or cut == ""
    assert len(cut) <= 253
    if cut not in ("", whole):
        longer = whole[len(whole) - len(cut) - 1 :]
        assert longer.startswith(".")
        label = whole[: len(whole) - len(cut) - 1].rpartition(".")[2]
        assert len(label) + 1 + len(cut) > 253


lengths = st.integers(0, 300)


@given(macro_strings, lengths, lengths, lengths)
def test_a_long_name_is_the_end_of_the_whole_expansion(text: str, local: int, origin: int, helo: int) -> None:
    spec = parse_domain_spec(f"{text}%{{h}}.%{{s}}.example", 1)
    assert isinstance(spec, DomainSpec)
    sizes = {"local": "l." * local, "origin": "o" * origin, "helo": "h." * helo}
    run = Run(_never, client_at("192.0.2.1"), resolver=Zones(), receiver="r", now=0, **sizes)
    assert target_name(spec, run, "d.example") == fitted(expanded(spec.parts, run, "d.example"))


def _never(run: Run, domain: str) -> Evaluation:
    raise AssertionError


@given(st.text(max_size=300))
def test_a_usable_name_has_labels_of_1_to_63(name: str) -> None:
    labels = name.split(".")
    fits = all(1 <= len(label) <= 63 for label in labels) and name.isascii() and len(name) <= 253
    assert usable(name) == fits


def by_standard_library(text: str) -> int | None:
    """The value; None for what is no address, or has a zone identifier."""
    try:
        return None if "%" in text else int(IPv6Address(text))
    except ValueError:
        return None


ip6_like = st.one_of(st.text(st.sampled_from("0fA1:.g+_"), max_size=20), st.ip_addresses(v=6).map(str))


@given(st.one_of(ip6_like, st.ip_addresses(v=6).map(lambda address: address.exploded.upper())))
def test_an_ip6_address_is_read_as_the_standard_library_reads_it(text: str) -> None:
    assert ip6_value(text) == by_standard_library(text)


CORNERS = """
    :: ::1 1:: 1::8 1:2:3:4:5:6:7:: ::2:3:4:5:6:7:8 1:2:3:4:5:6:7:8 1:2:3:4:5:6:7:8:: 1::2::3 ::: 1:::2 1: :1 :
    ::192.0.2.1 1:2:3:4:5:6:192.0.2.1 1:2:3:4:5:6:7:192.0.2.1 ::192.0.2.01 192.0.2.1 ::192.0.2.1:5 1:2:3:4:5:6:7:8.
    1:2:3:4:5:6:7 12345:: 00001:: +1:: -1:: 1_2:: 0x1:: \u0661:: fe80::1%1 a:b:c:d:e:f:A:F g:: 1:2:3:4:5:6:7:8:9
"""


@pytest.mark.parametrize("text", ["", " ::", ":: ", *CORNERS.split()])
def test_the_corners_of_ip6_are_those_of_the_standard_library(text: str) -> None:
    assert ip6_value(text) == by_standard_library(text)
