"""The world as a literal: zone text in, verdict out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.kernel.dns import Status
from smtpsim.spf import Verdict, check_host, mail_from_identity
from smtpsim.world.dns.zone_text import ZoneText
from smtpsim.world.dns.zonefile import read_zones
from smtpsim.world.dns.zones import Zones

CLIENT = "192.0.2.10"
HELO = "mail.example.com"


def zones_of(text: str) -> Zones:
    """Zone text, in which TIMEOUT or SERVFAIL alone behind a name breaks that name."""
    records, broken = [], {}
    for line in text.splitlines():
        name, _, rest = line.partition(" ")
        if rest in ("TIMEOUT", "SERVFAIL"):
            broken[name] = Status(rest.lower())
        else:
            records.append(line)
    zones = read_zones([ZoneText("test.zone", "\n".join(records) + "\n")])
    assert isinstance(zones, Zones), zones
    for name, status in broken.items():
        zones = zones.with_failure(name, status)
    return zones


@pytest.fixture
def zones() -> Callable[[str], Zones]:
    return zones_of


def checked(
    text: str,
    ip: str = CLIENT,
    mail_from: str = "ann@example.com",
    helo: str = HELO,
    receiver: str = "unknown",
    now: int = 0,
) -> Verdict:
    """The verdict that the zones in `text` come to."""
    sender, domain = mail_from_identity(mail_from, helo)
    return check_host(ip, domain, sender, helo, zones_of(text), receiver=receiver, now=now)


@pytest.fixture
def check() -> Callable[..., Verdict]:
    return checked
