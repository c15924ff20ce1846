"""Hosts by name, address and domain, made when they are asked for."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from smtpsim.world.hosts import Entry, Hosts


class Machine(NamedTuple):
    name: str
    addresses: tuple[str, ...]
    domains: frozenset[str]


A = Machine("a.test", ("192.0.2.1",), frozenset({"a.test", "alias.test"}))
B = Machine("b.test", ("192.0.2.2", "2001:db8::2"), frozenset({"b.test"}))


def unmade() -> Machine:
    raise AssertionError("nobody asked for this host")


def test_only_the_host_that_is_asked_for_is_made() -> None:
    hosts = Hosts({"a.test": Entry(A.addresses, A.domains, lambda: A), "b.test": Entry(B.addresses, B.domains, unmade)})
    assert hosts["a.test"] is A
    assert hosts.at("192.0.2.1") is A
    assert hosts.delivering_for("alias.test") is A
    assert "b.test" in hosts
    assert list(hosts) == ["a.test", "b.test"]
    assert set(hosts.domains) == {"a.test", "alias.test", "b.test"}
    assert "b.test" in hosts.with_host(A)
    with pytest.raises(AssertionError):
        hosts.at("2001:db8::2")


def test_a_host_is_made_once() -> None:
    made: list[Machine] = []

    def make() -> Machine:
        made.append(A)
        return A

    hosts = Hosts({"a.test": Entry(A.addresses, A.domains, make)})
    assert hosts["a.test"] is hosts["a.test"]
    assert len(made) == 1


def test_a_changed_host_takes_the_place_of_the_other() -> None:
    moved = A._replace(addresses=("192.0.2.9",), domains=frozenset({"new.test"}))
    before = Hosts.of((A, B))
    after = before.with_host(moved)
    assert list(after) == ["a.test", "b.test"]
    assert (after.at("192.0.2.9"), after.at("192.0.2.1")) == (moved, None)
    assert (after.delivering_for("new.test"), after.delivering_for("a.test")) == (moved, None)
    assert before.at("192.0.2.1") is A


def test_the_first_of_two_hosts_with_one_address_answers() -> None:
    other = Machine("c.test", ("192.0.2.1",), frozenset({"a.test"}))
    hosts = Hosts.of((A, other))
    assert hosts.at("192.0.2.1") is A
    assert hosts.delivering_for("a.test") is A
    assert hosts.without("a.test").at("192.0.2.1") is other


def test_who_is_not_there_is_not_found() -> None:
    hosts = Hosts.of((A,))
    assert hosts.at("192.0.2.200") is None
    assert hosts.delivering_for("b.test") is None
    assert hosts.get("b.test") is None
    with pytest.raises(KeyError):
        hosts["b.test"]
