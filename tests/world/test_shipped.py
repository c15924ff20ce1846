"""The shipped world: documentation addresses only, and a DNS that fits its hosts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

import pytest

from smtpsim.explain import LANGUAGES
from smtpsim.kernel.dns import MX
from smtpsim.world.load import shipped_world
from smtpsim.world.model import Host
from smtpsim.world.routing import addresses

WORLD = shipped_world()
HOSTS = sorted(WORLD.hosts.values(), key=lambda host: host.name)
NOT_SET_UP = "bounce.example.org"
"""The shop has told its sending service of this domain, and not the DNS."""

DOMAINS = sorted((domain, host.name) for host in HOSTS for domain in host.domains - {NOT_SET_UP})

IPV4 = tuple(map(IPv4Network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))
"""For documentation (RFC 5737 3)."""

IPV6 = IPv6Network("2001:db8::/32")
"""For documentation (RFC 3849 2)."""

ANSWERS = "127."
"""No addresses of anybody's: a list in the DNS says with them what it has to say (RFC 5782 2.1)."""

_IPV4_TEXT = re.compile(r"(?<![\d.])\d+\.\d+\.\d+\.\d+(?![\d.])")
_IPV6_TEXT = re.compile(r"(?<=ip6:)[0-9A-Fa-f:.]+")


def every_address() -> Iterator[str]:
    """All addresses and networks that the world's files name."""
    yield WORLD.start.client_ip
    for host in HOSTS:
        yield from host.addresses
        yield from host.relay_for
    for answer in WORLD.zones.rrsets.values():
        for record in answer.records:
            if answer.rdtype in ("A", "AAAA"):
                yield str(record)
            elif isinstance(record, bytes):
                yield from _IPV4_TEXT.findall(record.decode("ascii", "replace"))
                yield from _IPV6_TEXT.findall(record.decode("ascii", "replace"))


@pytest.mark.parametrize("text", sorted(text for text in set(every_address()) if not text.startswith(ANSWERS)))
def test_addresses_are_for_documentation(text: str) -> None:
    network = ip_network(text)
    if isinstance(network, IPv4Network):
        assert any(network.subnet_of(known) for known in IPV4)
    else:
        assert network.subnet_of(IPV6)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_a_host_is_found_by_its_name(host: Host) -> None:
    assert set(addresses(WORLD.zones, host.name)) == set(host.addresses)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_the_name_of_a_host_s_address_is_the_host_s(host: Host) -> None:
    for address in host.addresses:
        names = WORLD.zones.query(ip_address(address).reverse_pointer, "PTR").records
        assert names in ((host.helo,), ())


@pytest.mark.parametrize(("domain", "name"), DOMAINS)
def test_mail_for_a_domain_goes_to_the_host_that_delivers_for_it(domain: str, name: str) -> None:
    records = [record for record in WORLD.zones.query(domain, "MX").records if isinstance(record, MX)]
    assert records
    for record in records:
        assert set(addresses(WORLD.zones, record.exchange)) <= set(WORLD.hosts[name].addresses)


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_a_host_is_described_in_every_language(host: Host) -> None:
    assert {"en", "ja"} <= host.about.keys() <= set(LANGUAGES)
    assert all(host.about.values())


def test_the_session_begins_at_a_host_from_an_address_that_it_relays_for() -> None:
    server = WORLD.hosts[WORLD.start.host]
    assert any(ip_address(WORLD.start.client_ip) in ip_network(network) for network in server.relay_for)


def test_the_names_of_the_cast() -> None:
    assert {"test@hogefuga.com", "alice@hogefuga.com", "bob@hogefuga.com"} <= set(WORLD.mailboxes)
    assert {"hogefuga.com", "example.com", "amazon.co.jp", "arnazon.co.jp"} <= {domain for domain, _ in DOMAINS}
    assert addresses(WORLD.zones, "cgi.example.com") == (WORLD.start.client_ip,)
