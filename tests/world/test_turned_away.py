"""A host that turns a relay away before it knows of a letter has said nothing of it: the next exchanger is tried."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.kernel.dns import MX
from smtpsim.session.simulation import Simulation
from smtpsim.world.model import World
from tests.world.exchangers import HOSTS, ZONE, outcome, saying, servers, with_domains, without

Build = Callable[..., World]
Send = Callable[..., Simulation]


@pytest.fixture
def world(build: Build) -> World:
    return build(HOSTS, ZONE)


@pytest.mark.parametrize("stage", ["connect", "helo"])
def test_the_next_one_is_tried_where_the_first_turns_the_relay_away(world: World, send: Send, stage: str) -> None:
    """RFC 5321 5.1: each address in the list, until an attempt succeeds. Nothing was said of the letter."""
    refusing = saying(world, "first.test", stage, "turned-away")
    simulation = send(with_domains(refusing, "second.test", "two.test"), "bob@two.test")
    assert servers(simulation) == ["first.test", "second.test"]
    assert (outcome(simulation).status, outcome(simulation).hop) == ("delivered", 2)


@pytest.mark.parametrize("stage", ["connect", "helo"])
def test_the_letter_comes_back_once_every_exchange_has_turned_the_relay_away(
    world: World, send: Send, stage: str
) -> None:
    refusing = saying(saying(world, "first.test", stage, "turned-away"), "second.test", stage, "turned-away")
    simulation = send(refusing, "bob@two.test")
    assert servers(simulation)[:2] == ["first.test", "second.test"]
    assert (outcome(simulation).status, outcome(simulation).host) == ("bounced", "second.test")
    assert outcome(simulation).reason.startswith("554 ")


@pytest.mark.parametrize("stage", ["connect", "helo"])
@pytest.mark.parametrize(("refusing", "down"), [("first.test", "second.test"), ("second.test", "first.test")])
def test_the_letter_waits_for_an_exchange_that_does_not_answer(
    world: World, send: Send, stage: str, refusing: str, down: str
) -> None:
    """The absence of one host is not final, whatever the other one says before it knows of a letter."""
    simulation = send(without(saying(world, refusing, stage, "turned-away"), down), "bob@two.test")
    assert servers(simulation) == [refusing]
    assert (outcome(simulation).status, outcome(simulation).reason) == ("deferred", f"No answer from {down}")


@pytest.mark.parametrize("stage", ["connect", "helo"])
def test_the_letter_waits_for_an_exchange_that_puts_off(world: World, send: Send, stage: str) -> None:
    mixed = saying(saying(world, "first.test", "rcpt", "busy"), "second.test", stage, "turned-away")
    simulation = send(mixed, "bob@two.test")
    assert servers(simulation) == ["first.test", "second.test"]
    assert (outcome(simulation).status, outcome(simulation).host) == ("deferred", "start.test")
    assert outcome(simulation).reason.startswith("421 first.test ")


def test_a_refused_recipient_is_final_though_another_exchange_does_not_answer(world: World, send: Send) -> None:
    refusing = saying(world, "second.test", "rcpt", "turned-away")
    simulation = send(without(refusing, "first.test"), "bob@two.test")
    assert servers(simulation)[0] == "second.test"
    assert outcome(simulation).status == "bounced"


def test_exchanges_of_equal_preference_share_the_letters(world: World, send: Send) -> None:
    """The order is drawn for each letter by the seed (RFC 5321 5.1), and the same whenever it is played."""
    zones = world.zones.with_records("equal.test", "MX", [MX(10, "first.test"), MX(10, "second.test")])
    both = with_domains(with_domains(world, "second.test", "equal.test"), "first.test", "equal.test")
    taken = [servers(send(both._replace(zones=zones, seed=seed), "bob@equal.test")) for seed in range(16)]
    assert {tuple(hosts) for hosts in taken} == {("first.test",), ("second.test",)}
    assert taken == [servers(send(both._replace(zones=zones, seed=seed), "bob@equal.test")) for seed in range(16)]
