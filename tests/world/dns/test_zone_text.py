"""Records as typed and as shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.dns import MX, Record
from smtpsim.world.dns.text import ValueFault, read_value, value_text, zone_text
from smtpsim.world.dns.zone_text import ZoneText
from smtpsim.world.dns.zonefile import read_zones
from smtpsim.world.dns.zones import Zones


@pytest.mark.parametrize(
    ("rdtype", "typed", "record"),
    [
        ("A", "192.0.2.1", "192.0.2.1"),
        ("AAAA", " 2001:DB8::1 ", "2001:db8::1"),
        ("MX", "10 Mail.example.com.", MX(10, "mail.example.com")),
        ("MX", "0 .", MX(0, "")),
        ("PTR", "mail.example.com.", "mail.example.com"),
        ("CNAME", "mail.example.com", "mail.example.com"),
        ("MX", "10 mail.bücher.example", MX(10, "mail.xn--bcher-kva.example")),
        ("TXT", "v=spf1 -all", b"v=spf1 -all"),
        ("TXT", '"v=spf1 " "-all"', b"v=spf1 -all"),
        ("TXT", '"a\\"b\\\\"', b'a"b\\'),
        ("TXT", "", b""),
        ("SPF", "v=spf1 -all", b"v=spf1 -all"),
        ("TXT", "ü", "ü".encode()),
    ],
)
def test_what_a_person_types(rdtype: str, typed: str, record: object) -> None:
    assert read_value(rdtype, typed) == record


@pytest.mark.parametrize(
    ("rdtype", "typed", "key"),
    [
        ("A", "192.0.2", "value-ip4"),
        ("A", "2001:db8::1", "value-ip4"),
        ("AAAA", "192.0.2.1", "value-ip6"),
        ("AAAA", "::1%lo", "value-ip6"),
        ("MX", "mail.example.com", "value-mx"),
        ("MX", "10", "value-mx"),
        ("MX", "65536 mail.example.com", "value-mx"),
        ("MX", "²0 mail.example.com", "value-mx"),
        ("PTR", "", "value-name"),
        ("CNAME", "a b", "value-name"),
        ("CNAME", "a..b", "value-name"),
        ("TXT", '"a" b', "value-text"),
        ("TXT", '"a', "value-text"),
        ("SRV", "0 0 22 x", "type-unknown"),
        ("a", "192.0.2.1", "type-unknown"),
    ],
)
def test_what_is_no_value(rdtype: str, typed: str, key: str) -> None:
    fault = read_value(rdtype, typed)
    assert isinstance(fault, ValueFault)
    assert fault.key == key


def test_long_text_is_cut_into_strings() -> None:
    assert value_text("TXT", b"a" * 256) == f'"{"a" * 255}" "a"'
    assert value_text("TXT", b'\x1b"\\\xff') == '"\\027\\034\\092\\255"'
    assert value_text("TXT", b"") == '""'


names = st.lists(
    st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=".\\"), min_size=1, max_size=5),
    min_size=1,
    max_size=3,
).map(".".join)
shapes: dict[str, st.SearchStrategy[Record]] = {
    "A": st.sampled_from(["192.0.2.1", "192.0.2.2"]),
    "AAAA": st.sampled_from(["2001:db8::1", "::1"]),
    "MX": st.builds(MX, st.integers(0, 65535), st.one_of(names, st.just(""))),
    "TXT": st.binary(max_size=600),
    "SPF": st.binary(max_size=20),
    "PTR": names,
}
records = st.sampled_from(sorted(shapes)).flatmap(lambda rdtype: st.tuples(names, st.just(rdtype), shapes[rdtype]))


@given(st.lists(records, max_size=8))
def test_writing_and_reading_a_zone_gives_the_same_zones(placed: list[tuple[str, str, Record]]) -> None:
    zones = Zones()
    for name, rdtype, record in placed:
        zones = zones.with_record(name, rdtype, record)
    assert read_zones([ZoneText("written.zone", zone_text(zones))]) == zones
