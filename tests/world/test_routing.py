"""Where a letter goes next (RFC 5321 5.1, RFC 7505)."""

from __future__ import annotations

import pytest

from smtpsim.kernel.dns import Status
from smtpsim.world.dns.zone_text import ZoneText
from smtpsim.world.dns.zonefile import read_zones
from smtpsim.world.dns.zones import Zones
from smtpsim.world.routing import DNS_TROUBLE, NO_ADDRESS, NO_SUCH_DOMAIN, NULL_MX, Exchange, Route, addresses, route

ZONE = """\
$ORIGIN test.
one         MX 10 mx1
preferred   MX 20 mx2
            MX 5  mx3
            MX 10 mx1
equal       MX 10 mx2
            MX 10 mx1
implicit    A  192.0.2.7
implicit6   AAAA 2001:db8::7
text-only   TXT "nothing here takes mail"
null        MX 0 .
null-and    MX 0 .
            MX 10 mx1
partly      MX 5  nowhere
            MX 10 mx1
nowhere-at-all MX 5 nowhere
            MX 10 text-only
by-number   MX 10 192.0.2.99.
alias       CNAME one
mx-alias    MX 10 alias-of-mx1
alias-of-mx1 CNAME mx1
many        MX 10 big
trouble-behind MX 10 broken
            MX 20 text-only
trouble-before MX 10 broken
            MX 20 mx1
Upper       MX 10 MX1
mx1         A 192.0.2.1
mx2         A 192.0.2.2
mx3         AAAA 2001:db8::3
            A 192.0.2.3
big         A 192.0.2.21
            A 192.0.2.22
            AAAA 2001:db8::21
"""


@pytest.fixture(scope="module")
def zones() -> Zones:
    found = read_zones([ZoneText("test.zone", ZONE)])
    assert isinstance(found, Zones)
    for name, status in (("servfail.test", Status.SERVFAIL), ("timeout.test", Status.TIMEOUT)):
        found = found.with_failure(name, status)
    return found.with_failure("broken.test", Status.SERVFAIL)


MX1 = Exchange(10, "mx1.test", ("192.0.2.1",))

ROUTES = {
    "one.test": Route((MX1,)),
    "ONE.test": Route((MX1,)),
    "preferred.test": Route(
        (
            Exchange(5, "mx3.test", ("192.0.2.3", "2001:db8::3")),
            MX1,
            Exchange(20, "mx2.test", ("192.0.2.2",)),
        )
    ),
    "equal.test": Route((MX1, Exchange(10, "mx2.test", ("192.0.2.2",)))),
    "implicit.test": Route((Exchange(0, "implicit.test", ("192.0.2.7",)),)),
    "implicit6.test": Route((Exchange(0, "implicit6.test", ("2001:db8::7",)),)),
    "text-only.test": NO_ADDRESS,
    "null.test": NULL_MX,
    "null-and.test": Route((MX1,)),
    "partly.test": Route((MX1,)),
    "nowhere-at-all.test": NO_ADDRESS,
    "by-number.test": NO_ADDRESS,
    "alias.test": Route((MX1,)),
    "mx-alias.test": Route((Exchange(10, "alias-of-mx1.test", ("192.0.2.1",)),)),
    "many.test": Route((Exchange(10, "big.test", ("192.0.2.21", "192.0.2.22", "2001:db8::21")),)),
    "nosuch.test": NO_SUCH_DOMAIN,
    "nosuch": NO_SUCH_DOMAIN,
    "servfail.test": DNS_TROUBLE,
    "timeout.test": DNS_TROUBLE,
    "trouble-behind.test": DNS_TROUBLE,
    "trouble-before.test": Route((Exchange(20, "mx1.test", ("192.0.2.1",)),)),
    "[192.0.2.9]": Route((Exchange(0, "192.0.2.9", ("192.0.2.9",)),)),
    "[IPv6:2001:DB8::9]": Route((Exchange(0, "2001:db8::9", ("2001:db8::9",)),)),
    "[ipv6:2001:db8:0::9]": Route((Exchange(0, "2001:db8::9", ("2001:db8::9",)),)),
    "[192.0.2.999]": NO_SUCH_DOMAIN,
    "[nonsense]": NO_SUCH_DOMAIN,
    "192.0.2.9": NO_SUCH_DOMAIN,
}


@pytest.mark.parametrize(("domain", "expected"), ROUTES.items(), ids=ROUTES)
def test_the_route_of_a_domain(zones: Zones, domain: str, expected: Route) -> None:
    assert route(zones, domain) == expected


def test_a_name_in_another_case_has_the_same_exchange(zones: Zones) -> None:
    (exchange,) = route(zones, "upper.test").exchanges
    assert (exchange.name.lower(), exchange.addresses) == ("mx1.test", ("192.0.2.1",))


def test_addresses_of_a_host(zones: Zones) -> None:
    assert addresses(zones, "mx3.test") == ("192.0.2.3", "2001:db8::3")
    assert addresses(zones, "nosuch.test") == ()
    assert addresses(zones, "192.0.2.9") == ("192.0.2.9",)
    assert addresses(zones, "2001:db8::9") == ("2001:db8::9",)
