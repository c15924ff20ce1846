"""Zone files read: records in order, and faults with file, line and what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.dns import MX
from smtpsim.world.dns.zone_text import LONGEST_TEXT, PlacedRecord, ZoneFault, ZoneText
from smtpsim.world.dns.zonefile import read_zone, read_zones
from smtpsim.world.dns.zones import ZoneRecord, Zones


def test_records_with_their_lines() -> None:
    text = """\
$TTL 300
@ 3600 IN SOA ns host 1 2 3 4 5
  NS ns
mail A 192.0.2.1 ; the mail server
     AAAA 2001:DB8::1
@ MX 10 mail

@ TXT ( "v=spf1"
        " mx -all" )
old SPF "v=spf1 -all"
host CNAME mail
null.example.net. MX 0 .
10.2.0.192.in-addr.arpa. PTR Mail
"""
    assert read_zone(ZoneText("a.zone", text, "example.com")) == (
        PlacedRecord(2, ZoneRecord("example.com", "SOA", None)),
        PlacedRecord(3, ZoneRecord("example.com", "NS", None)),
        PlacedRecord(4, ZoneRecord("mail.example.com", "A", "192.0.2.1")),
        PlacedRecord(5, ZoneRecord("mail.example.com", "AAAA", "2001:db8::1")),
        PlacedRecord(6, ZoneRecord("example.com", "MX", MX(10, "mail.example.com"))),
        PlacedRecord(9, ZoneRecord("example.com", "TXT", b"v=spf1 mx -all")),
        PlacedRecord(10, ZoneRecord("old.example.com", "SPF", b"v=spf1 -all")),
        PlacedRecord(11, ZoneRecord("host.example.com", "CNAME", "mail.example.com")),
        PlacedRecord(12, ZoneRecord("null.example.net", "MX", MX(0, ""))),
        PlacedRecord(13, ZoneRecord("10.2.0.192.in-addr.arpa", "PTR", "Mail.example.com")),
    )


@pytest.mark.parametrize(
    ("text", "origin", "name"),
    [
        ("www A 192.0.2.1", "", "www"),
        ("www A 192.0.2.1", "example.com", "www.example.com"),
        ("www A 192.0.2.1", "example.com.", "www.example.com"),
        ("$ORIGIN example.net.\nwww A 192.0.2.1", "example.com", "www.example.net"),
        ("a\\032b A 192.0.2.1", "example.com", "a b.example.com"),
        ("a\\.b A 192.0.2.1", "example.com", "a\\.b.example.com"),
        ("ü A 192.0.2.1", "example.com", "xn--tda.example.com"),
    ],
)
def test_owner_names(text: str, origin: str, name: str) -> None:
    placed = read_zone(ZoneText("a.zone", text, origin))
    assert not isinstance(placed, ZoneFault)
    assert [one.record.name for one in placed] == [name]


def test_nothing_below_a_relative_origin_is_lost() -> None:
    """Readers before dnspython 2.9 do not complete it."""
    read = read_zone(ZoneText("a.zone", "$ORIGIN sub\nwww A 192.0.2.1", "example.com"))
    if isinstance(read, ZoneFault):
        assert read.line == 1
    else:
        assert [one.record.name for one in read] == ["www.sub.example.com"]


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ('x TXT "a" "b c"', b"ab c"),
        ("x TXT a b", b"ab"),
        ('x TXT ""', b""),
        ('x TXT "\\"\\\\\\200"', b'"\\\xc8'),
        ('x TXT "ü"', "ü".encode()),
        ("x TYPE99 \\# 3 026162", b"ab"),
    ],
)
def test_strings_are_joined(text: str, octets: bytes) -> None:
    placed = read_zone(ZoneText("a.zone", text))
    assert not isinstance(placed, ZoneFault)
    assert [one.record.record for one in placed] == [octets]


@pytest.mark.parametrize(
    ("text", "line", "detail"),
    [
        ("x A 192.0.2\n", 1, "malformed"),
        ("x A 192.0.2.1\ny AAAA 192.0.2.1\n", 2, "malformed"),
        ("\n\nx MX 10\n\ny A 192.0.2.1\n", 3, "identifier"),
        ("x A (\n\n\n", 1, "parentheses"),
        ("; remark\nx TXT (\n a\n b\n)\ny A 1\n", 6, "malformed"),
        ('x TXT "abc\ny A 192.0.2.1\n', 1, "newline in quoted string"),
        ("x TXT (\n a\n b\ny A 192.0.2.1\n", 4, "parentheses"),
        ("a..b A 192.0.2.1\n", 1, "empty"),
        ("x" * 64 + " A 192.0.2.1\n", 1, "63"),
        ("x A 192.0.2.1 192.0.2.2\n", 1, ""),
        ("x BLAH 3\n", 1, "BLAH"),
        ("x A 192.0.2.1\r\ny BLAH 3\r\n", 2, "BLAH"),
        ("\nx\n", 2, ""),
        ("x CH A 192.0.2.1\n", 1, "class"),
        ("$INCLUDE /etc/passwd\n", 1, "not allowed"),
        ("\n$GENERATE 1-999999999 h$ A 192.0.2.1\n", 2, "not allowed"),
        ("$TTL never\n", 1, ""),
    ],
)
def test_a_fault_has_its_line(text: str, line: int, detail: str) -> None:
    fault = read_zones([ZoneText("good.zone", "a A 192.0.2.9\n"), ZoneText("bad.zone", text)])
    assert isinstance(fault, ZoneFault)
    assert (fault.key, fault.file, fault.line) == ("zone-syntax", "bad.zone", line)
    assert detail in fault.detail
    assert "bad.zone" not in fault.detail
    assert str(fault).startswith(f"bad.zone:{line}: ")


@pytest.mark.parametrize(
    ("first", "second", "line"),
    [
        ("x CNAME y\nx A 192.0.2.1\n", "", 2),
        ("x A 192.0.2.1\n\nX CNAME y\n", "", 3),
        ("x CNAME y\nx CNAME z\n", "", 2),
        ("x CNAME y\n", "a TXT b\nx TXT z\n", 2),
    ],
)
def test_a_cname_beside_other_data(first: str, second: str, line: int) -> None:
    fault = read_zones([ZoneText("1.zone", first), ZoneText("2.zone", second)])
    assert isinstance(fault, ZoneFault)
    assert (fault.key, fault.file, fault.line) == (
        "cname-and-other-data",
        "2.zone" if second else "1.zone",
        line,
    )


@given(st.text(st.characters(codec="utf-8"), max_size=80) | st.text(st.sampled_from('a.\\"()@$; \n\t0'), max_size=40))
def test_any_text_gives_zones_or_a_fault_within_it(text: str) -> None:
    read = read_zones([ZoneText("any.zone", text)])
    assert isinstance(read, Zones) or 1 <= read.line <= text.count("\n") + text.count("\r") + 1


def test_files_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smtpsim.world.dns.zonefile.MOST_RECORDS", 5)
    first, second = ZoneText("1.zone", "a A 192.0.2.1\nb A 192.0.2.1\n"), ZoneText("2.zone", "\nc A 192.0.2.1\n" * 3)
    assert isinstance(read_zones([first, second]), Zones)
    assert read_zones([first, first, second]) == ZoneFault("too-many-records", "2.zone", 4, "20000")


def test_a_text_may_have_so_many_characters() -> None:
    good = ZoneText("a.zone", ";" * (LONGEST_TEXT - 14) + "\na A 192.0.2.1")
    assert isinstance(read_zones([good]), Zones)
    assert read_zones([good._replace(text="\n" + good.text)]) == ZoneFault("zone-too-long", "a.zone", 3, "4000000")
