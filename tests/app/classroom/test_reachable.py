"""What pupils type to reach the class."""

from __future__ import annotations

from typing import Any

import ifaddr
import pytest

from smtpsim.app.classroom.reachable import reachable
from smtpsim.app.classroom.site import ClassSite
from smtpsim.app.classroom.wall import board
from smtpsim.app.serve.server import Listen
from tests.app.classroom.test_site import NoFile


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine whose interfaces have the addresses that are put into the list."""
    addresses: list[str] = []

    def adapters() -> list[ifaddr.Adapter]:
        ips = [ifaddr.IP((one, 0, 0) if ":" in one else one, 24, "eth0") for one in addresses]
        return [ifaddr.Adapter("eth0", "eth0", ips)]

    monkeypatch.setattr(ifaddr, "get_adapters", adapters)
    return addresses


@pytest.mark.parametrize(
    ("listened", "names", "expected"),
    [
        ("192.0.2.1", [], ("192.0.2.1",)),
        ("127.0.0.1", ["192.0.2.9"], ("127.0.0.1",)),
        (
            "0.0.0.0",
            ["127.0.1.1", "2001:db8::7", "192.0.2.9", "192.0.2.9", "198.51.100.3"],
            ("192.0.2.9", "198.51.100.3"),
        ),
        ("::", ["::1", "192.0.2.9", "fe80::1", "2001:db8::7"], ("2001:db8::7",)),
        ("0.0.0.0", ["127.0.1.1"], ()),
    ],
)
def test_an_address_for_all_is_told_as_those_that_others_reach(
    named: list[str], listened: str, names: list[str], expected: tuple[str, ...]
) -> None:
    named += names
    assert reachable(listened) == expected


def test_the_board_shows_what_is_to_be_typed(named: list[str], classroom: Any) -> None:
    named += ["192.0.2.9", "198.51.100.3"]
    site = ClassSite(classroom, Listen("http", "0.0.0.0", 8026), lambda pupil: NoFile())
    assert board(classroom, site.origins)["where"] == ["192.0.2.9:8026", "198.51.100.3:8026"]
