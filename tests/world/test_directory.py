"""Which mailbox a path means, and what VRFY and EXPN tell."""

from __future__ import annotations

import pytest

from smtpsim.kernel.address import split_address
from smtpsim.protocol.smtp.question import AskExpand, AskVerify
from smtpsim.session.simulation import open_simulation
from smtpsim.world.directory import Box, expand, is_local, place, verify
from smtpsim.world.load import shipped_world
from smtpsim.world.routing import literal_address

WORLD = shipped_world()
MX = WORLD.hosts["mx.hogefuga.com"]

ADDRESSES = {
    "alice@hogefuga.com": "alice@hogefuga.com",
    "Alice@HOGEFUGA.com": "alice@hogefuga.com",
    '"alice"@hogefuga.com': "alice@hogefuga.com",
    "alice": "alice@hogefuga.com",
    "alice@[198.51.100.25]": "alice@hogefuga.com",
    "alice@[IPv6:2001:db8:51:0::25]": "alice@hogefuga.com",
    "postmaster": "postmaster@hogefuga.com",
    "POSTMASTER@hogefuga.com": "postmaster@hogefuga.com",
    "nobody@hogefuga.com": "",
    "nobody": "",
}


@pytest.mark.parametrize(("path", "address"), ADDRESSES.items())
def test_the_mailbox_of_a_local_path(path: str, address: str) -> None:
    assert is_local(MX, split_address(path))
    assert place(WORLD, MX, split_address(path)) == (Box(address) if address else None)


@pytest.mark.parametrize(
    "path", ["alice@example.com", "alice@[198.51.100.26]", "alice@x.hogefuga.com", "a@[hogefuga.com]"]
)
def test_paths_that_are_not_local(path: str) -> None:
    assert not is_local(MX, split_address(path))


def test_a_host_without_domains_has_no_postmaster() -> None:
    assert place(WORLD, MX._replace(domains=frozenset()), split_address("postmaster")) is None


LITERALS = {
    "[192.0.2.1]": "192.0.2.1",
    "[IPv6:2001:DB8:0::1]": "2001:db8::1",
    "[2001:db8::1]": "2001:db8::1",
    "[]": "",
    "[": "",
    "[192.0.2.1": "192.0.2.1",
    "[x25:1]": "",
    "192.0.2.1": "",
    "example.com": "",
    "": "",
}


@pytest.mark.parametrize(("domain", "address"), LITERALS.items())
def test_address_literals(domain: str, address: str) -> None:
    assert literal_address(domain) == address


VERIFIED = {"alice@hogefuga.com": True, "postmaster": True, "alice@example.com": True, "nobody": False}


@pytest.mark.parametrize(("path", "good"), VERIFIED.items())
def test_vrfy_refuses_only_what_is_known_not_to_be(path: str, good: bool) -> None:
    assert verify(WORLD, MX, AskVerify(split_address(path))).accepts is good


@pytest.mark.parametrize(
    ("path", "code"),
    [("test@hogefuga.com", 250), ("postmaster", 250), ("nobody@hogefuga.com", 550), ("ann@example.net", 252)],
)
def test_vrfy_promises_nothing_only_for_addresses_of_others(path: str, code: int) -> None:
    """RFC 5321 3.5.3: 252 is for what the server cannot verify."""
    reply = open_simulation(WORLD, MX).after.say(f"VRFY <{path}>").reply
    assert reply is not None
    assert reply.code == code


def test_expn_tells_nothing() -> None:
    assert expand(WORLD, MX, AskExpand("staff")).values == {}


@pytest.mark.parametrize(
    ("asked", "told"), [("alice", "<alice@hogefuga.com>"), ("postmaster", "<postmaster@hogefuga.com>")]
)
def test_who_is_there_is_told_with_the_domain(asked: str, told: str) -> None:
    """RFC 5321 3.5.1."""
    reply = open_simulation(WORLD, MX).after.say(f"VRFY {asked}").reply
    assert reply is not None
    assert (reply.code, reply.lines) == (250, (told,))
