"""Names and answers of blocklists in the DNS (RFC 5782)."""

from __future__ import annotations

import pytest

from smtpsim.kernel.dns import Status
from smtpsim.world.dns.zones import Zones
from smtpsim.world.dnsbl import TEXT_LIMIT, ZEN, list_name, look_up
from smtpsim.world.load import shipped_world

WORLD = shipped_world()
IP = "203.0.113.9"

NIBBLES = "2.0.0.0.0.0.f.7.f.f.f.f." + "0." * 20

NAMES = (
    ("192.0.2.99", "99.2.0.192.bl.example"),
    ("127.0.0.2", "2.0.0.127.bl.example"),
    (
        "2001:db8:1:2:3:4:567:89ab",
        "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.bl.example",
    ),
    ("::ffff:7f00:2", NIBBLES + "bl.example"),
)
"""The examples of RFC 5782 2.1 and 2.4, and the test entries of 5."""


@pytest.mark.parametrize(("address", "name"), NAMES)
def test_an_address_is_asked_for_backwards(address: str, name: str) -> None:
    assert list_name(address, "bl.example") == name


ANSWERS = (
    (ZEN, (), "not-listed", "not-listed", ()),
    (ZEN, ("127.0.0.2",), "listed", "sbl", ("127.0.0.2",)),
    (ZEN, ("127.0.0.3",), "listed", "css", ("127.0.0.3",)),
    (ZEN, ("127.0.0.4",), "listed", "xbl", ("127.0.0.4",)),
    (ZEN, ("127.0.0.9",), "listed", "drop", ("127.0.0.9",)),
    (ZEN, ("127.0.0.10",), "listed", "pbl", ("127.0.0.10",)),
    (ZEN, ("127.0.0.11",), "listed", "pbl", ("127.0.0.11",)),
    (ZEN, ("127.0.0.11", "127.0.0.4", "127.0.0.2"), "listed", "sbl", ("127.0.0.2", "127.0.0.4", "127.0.0.11")),
    (ZEN, ("127.0.0.99",), "listed", "listed", ("127.0.0.99",)),
    (ZEN, ("127.255.255.252",), "error", "error-name", ("127.255.255.252",)),
    (ZEN, ("127.255.255.254",), "error", "error-resolver", ("127.255.255.254",)),
    (ZEN, ("127.255.255.255",), "error", "error-queries", ("127.255.255.255",)),
    (ZEN, ("127.255.255.250",), "error", "error-code", ("127.255.255.250",)),
    (ZEN, ("127.0.0.1",), "error", "error-code", ("127.0.0.1",)),
    (ZEN, ("192.0.2.1",), "error", "error-code", ("192.0.2.1",)),
    ("bl.example", ("127.0.0.2",), "listed", "listed", ("127.0.0.2",)),
    ("bl.example", ("127.255.255.254",), "error", "error-resolver", ("127.255.255.254",)),
)


@pytest.mark.parametrize(("zone", "records", "result", "reason", "codes"), ANSWERS)
def test_what_an_answer_means(
    zone: str, records: tuple[str, ...], result: str, reason: str, codes: tuple[str, ...]
) -> None:
    zones = Zones().with_records(list_name(IP, zone), "A", records)
    found = look_up(zones, IP, zone)
    assert (found.result, found.reason, found.codes, found.text) == (result, reason, codes, "")


@pytest.mark.parametrize("status", [Status.SERVFAIL, Status.TIMEOUT])
def test_a_list_that_does_not_answer_lists_nobody(status: Status) -> None:
    zones = Zones().with_failure(list_name(IP, ZEN), status)
    assert look_up(zones, IP, ZEN)[:3] == ("temperror", status.value, ())


def test_the_text_of_a_list_is_one_line_that_fits_a_reply() -> None:
    name = list_name(IP, ZEN)
    zones = Zones().with_record(name, "A", "127.0.0.2").with_record(name, "TXT", b"a\r\n\x1b[31m\xff" + b"x" * 500)
    text = look_up(zones, IP, ZEN).text
    assert text.startswith("a")
    assert not set("\r\n\x1b") & set(text)
    assert len(text) < TEXT_LIMIT + 10


SHIPPED = (
    ("127.0.0.2", "listed"),
    ("127.0.0.1", "not-listed"),
    ("::ffff:7f00:2", "listed"),
    ("::ffff:7f00:1", "not-listed"),
    ("203.0.113.66", "listed"),
    ("203.0.113.67", "not-listed"),
    ("2001:db8:bad::1", "listed"),
    ("2001:db8:bad:0:ffff::1", "listed"),
    ("2001:db8:bad:1::1", "not-listed"),
    ("192.0.2.10", "not-listed"),
)


@pytest.mark.parametrize(("address", "result"), SHIPPED)
def test_the_shipped_list_has_its_test_entries_and_some_of_the_cast(address: str, result: str) -> None:
    assert look_up(WORLD.zones, address, ZEN).result == result
