"""Which hosts a relay tries, what it makes of their refusals, and when it tries again."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from smtpsim.kernel.dns import Status
from smtpsim.kernel.duration import DAY, HOUR, MINUTE
from smtpsim.protocol.smtp import offer
from smtpsim.protocol.smtp.service import Limits
from smtpsim.session.simulation import Simulation
from smtpsim.world.model import World
from smtpsim.world.queue import LIFETIME, LONGEST_PAUSE, SHORTEST_PAUSE, wait
from smtpsim.world.transport import HOPS_LIMIT, run_queue
from tests.world.exchangers import HOSTS, ZONE, outcome, saying, servers, with_domains, without

Build = Callable[..., World]
Send = Callable[..., Simulation]


@pytest.fixture
def world(build: Build) -> World:
    """Hosts that answer by protocol alone, and one that knows its users. The start relays for everybody."""
    return build(HOSTS, ZONE)


# Which host


def test_the_best_exchange_is_tried_first(world: World, send: Send) -> None:
    simulation = send(world, "bob@two.test")
    assert servers(simulation) == ["first.test"]
    assert outcome(simulation).mailbox == "bob@two.test"


def test_the_next_one_is_tried_where_the_first_does_not_answer(world: World, send: Send) -> None:
    down = with_domains(without(world, "first.test"), "second.test", "two.test")
    simulation = send(down, "bob@two.test")
    assert servers(simulation) == ["second.test"]
    assert outcome(simulation).status == "delivered"


@pytest.mark.parametrize("stage", ["connect", "helo", "mail", "rcpt", "data", "message"])
def test_the_next_one_is_tried_where_the_first_puts_off(world: World, send: Send, stage: str) -> None:
    busy = saying(world, "first.test", stage, "busy")
    simulation = send(with_domains(busy, "second.test", "two.test"), "bob@two.test")
    assert servers(simulation) == ["first.test", "second.test"]
    assert (outcome(simulation).status, outcome(simulation).hop) == ("delivered", 2)


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "message"])
def test_a_refusal_for_good_is_not_tried_elsewhere(world: World, send: Send, stage: str) -> None:
    refusing = saying(world, "first.test", stage, "turned-away")
    simulation = send(with_domains(refusing, "second.test", "two.test"), "bob@two.test")
    assert servers(simulation) == ["first.test"]
    assert (outcome(simulation).status, outcome(simulation).host) == ("bounced", "first.test")
    assert outcome(simulation).reason.startswith("554 ")


def test_a_host_with_two_addresses_is_tried_once(world: World, send: Send) -> None:
    assert servers(send(saying(world, "second.test", "mail", "busy"), "bob@dual.test")) == ["second.test"]


def test_an_ipv6_host_is_reached_only_from_an_ipv6_address(world: World, send: Send) -> None:
    simulation = send(world, "bob@six.test")
    assert servers(simulation) == []
    assert (outcome(simulation).status, outcome(simulation).reason) == ("deferred", "No answer from second6.test")
    start = world.hosts["start.test"]._replace(addresses=("192.0.2.25", "2001:db8::25"))
    simulation = send(world.with_host(start), "bob@six.test")
    assert simulation.world.hops[1].client_ip == "2001:db8::25"
    assert outcome(simulation).status == "delivered"


def test_mail_for_a_domain_that_is_to_be_taken_here_loops_back(world: World, send: Send) -> None:
    simulation = send(world, "bob@own.test")
    assert servers(simulation) == []
    assert (outcome(simulation).status, outcome(simulation).reason) == (
        "bounced",
        "Mail for the domain loops back to start.test",
    )


def test_a_backup_exchange_tries_only_better_ones(world: World, send: Send) -> None:
    assert servers(send(world, "bob@backup.test")) == ["second.test"]
    simulation = send(without(world, "second.test"), "bob@backup.test")
    assert servers(simulation) == []
    assert outcome(simulation).reason == "No answer from second.test"


UNROUTABLE = {
    "bob@nosuch.test": ("bounced", "Domain not found"),
    "bob@null.test": ("bounced", "The domain accepts no mail (null MX)"),
    "bob@gone.test": ("bounced", "No mail exchanger of the domain has an address"),
    "bob@[192.0.2.99]": ("deferred", "No answer from 192.0.2.99"),
    "bob@[IPv6:2001:db8::99]": ("deferred", "No answer from 2001:db8::99"),
    "bob@trouble.test": ("deferred", "The DNS did not answer"),
}


@pytest.mark.parametrize(("recipient", "expected"), UNROUTABLE.items())
def test_where_there_is_no_way(world: World, send: Send, recipient: str, expected: tuple[str, str]) -> None:
    broken = world._replace(zones=world.zones.with_failure("trouble.test", Status.SERVFAIL))
    simulation = send(broken, recipient)
    assert (outcome(simulation).status, outcome(simulation).reason) == expected
    assert servers(simulation) == []


def test_an_address_literal_is_a_way(world: World, send: Send) -> None:
    simulation = send(world, "bob@[192.0.2.1]")
    assert outcome(simulation).mailbox == "bob@two.test"


# What is said


def test_a_host_that_does_not_know_ehlo_is_greeted_by_helo(world: World, send: Send) -> None:
    first = world.hosts["first.test"]
    verbs = {name: verb for name, verb in first.service.verbs.items() if name != "EHLO"}
    old = first._replace(service=first.service._replace(verbs=verbs))
    simulation = send(world.with_host(old), "bob@two.test")
    said = [said.client for said in simulation.world.hops[1].said]
    assert said[1:4] == ["EHLO start.test", "HELO start.test", "MAIL FROM:<webmaster@example.com>"]
    assert outcome(simulation).status == "delivered"


def test_each_recipient_has_a_fate_of_its_own(world: World, send: Send) -> None:
    named = ("bob@backup.test", "nobody@backup.test", "ann@start.test", "eve@backup.test", "x@nosuch.test")
    simulation = send(world, *named)
    fates = [(found.recipient, found.status) for found in (outcome(simulation, n) for n in range(1, 6))]
    assert fates == [
        ("bob@backup.test", "delivered"),
        ("nobody@backup.test", "bounced"),
        ("ann@start.test", "delivered"),
        ("eve@backup.test", "delivered"),
        ("x@nosuch.test", "bounced"),
    ]
    assert servers(simulation) == ["second.test"]


def test_where_nobody_is_taken_the_letter_is_not_sent(world: World, send: Send) -> None:
    said = [said.client for said in send(world, "x@backup.test", "y@backup.test").world.hops[1].said]
    assert said == [
        "",
        "EHLO start.test",
        said[2],
        "RCPT TO:<x@backup.test>",
        "RCPT TO:<y@backup.test>",
        "QUIT",
    ]


def test_enhanced_codes_are_known_only_where_they_are_shown(world: World, send: Send) -> None:
    shown = send(world, "nobody@backup.test", sender="ann@start.test")
    host = world.hosts["second.test"]
    plain = host._replace(service=offer.without(host.service, "enhancedstatuscodes"))
    changed = world.with_host(plain)
    hidden = send(changed, "nobody@backup.test", sender="ann@start.test")
    reports = [report(simulation) for simulation in (shown, hidden)]
    assert b"\r\nStatus: 5.1.1\r\n" in reports[0]
    assert b"\r\nStatus: 5.0.0\r\n" in reports[1]
    assert b"smtp; 550 5.1.1 <nobody@backup.test> User unknown" in reports[0]
    assert b"smtp; 550 <nobody@backup.test> User unknown" in reports[1]


def report(simulation: Simulation) -> bytes:
    """The octets of the bounce, as its reader finds it."""
    return next(iter(simulation.world.mailboxes["ann@start.test"].mails)).octets


def test_a_host_that_hangs_up_is_not_told_goodbye(world: World, send: Send) -> None:
    simulation = send(saying(world, "first.test", "mail", "busy"), "bob@two.test")
    assert simulation.world.hops[1].said[-1].client.startswith("MAIL FROM:")


def test_recipients_beyond_a_host_s_limit_wait(world: World, send: Send) -> None:
    first = world.hosts["first.test"]
    strict = first._replace(service=offer.service("first.test", limits=Limits(recipients=1)))
    simulation = send(
        without(world.with_host(strict), "second.test"),
        "bob@two.test",
        "eve@two.test",
    )
    assert (outcome(simulation, 1).status, outcome(simulation, 2).status) == ("delivered", "deferred")
    later = wait(simulation.world, SHORTEST_PAUSE, run_queue)
    assert later.outcomes[2].status == "delivered"


# Time


def test_what_was_put_off_is_delivered_when_the_host_is_back(world: World, send: Send) -> None:
    simulation = send(without(world, "first.test", "second.test"), "bob@two.test")
    start = simulation.world.now
    assert outcome(simulation).status == "deferred"
    assert outcome(simulation).next_try == start + SHORTEST_PAUSE
    later = wait(simulation.world._replace(hosts=world.hosts), SHORTEST_PAUSE - 1, run_queue)
    assert later.outcomes[1].status == "deferred"
    later = wait(later, 1, run_queue)
    assert later.outcomes[1].status == "delivered"
    assert later.outcomes[1].next_try == 0
    assert not later.queue
    (mail,) = later.mailboxes["bob@two.test"].mails
    assert b"Wed, 01 Apr 2026 09:30:00 +0000" in mail.octets


def tries(world: World, seconds: int) -> list[int]:
    """The times at which the queue's letter was tried, from now on, in minutes since its arrival."""
    begun, found = world.now, []
    while world.now < begun + seconds and world.queue:
        due = min(world.queue)
        world = wait(world, due - world.now, run_queue)
        found.append((due - begun) // MINUTE)
    return found


def test_the_pauses_grow_up_to_the_longest(world: World, send: Send) -> None:
    simulation = send(without(world, "first.test", "second.test"), "bob@two.test")
    found = tries(simulation.world, LIFETIME)
    assert found[:6] == [30, 60, 120, 240, 480, 720]
    assert {later - before for before, later in pairwise(found[4:])} == {LONGEST_PAUSE // MINUTE}
    assert found[-1] == LIFETIME // MINUTE


def test_after_five_days_the_sender_is_told(world: World, send: Send) -> None:
    simulation = send(without(world, "first.test", "second.test"), "bob@two.test", sender="ann@start.test")
    almost = wait(simulation.world, LIFETIME - 1, run_queue)
    assert almost.outcomes[1].status == "deferred"
    (warning,) = almost.mailboxes["ann@start.test"].mails
    assert b"\r\nAction: delayed\r\n" in warning.octets
    late = wait(almost, 1, run_queue)
    assert late.outcomes[1].status == "bounced"
    assert late.outcomes[1].reason == "given up after 5 days; No answer from first.test, second.test"
    assert [late.outcomes[number].role for number in (2, 3)] == ["report", "report"]
    mail, _ = late.mailboxes["ann@start.test"].mails
    assert b"\r\nAction: failed\r\nStatus: 4.4.7\r\n" in mail.octets
    assert b"\r\nDiagnostic-Code: x-smtpsim; No answer from first.test, second.test\r\n" in mail.octets
    assert mail.octets.startswith(b"Return-Path: <>\r\n")
    assert b"\r\nDate: Mon, 06 Apr 2026 09:00:00 +0000\r\n" in mail.octets
    assert b"\r\nArrival-Date: Wed, 01 Apr 2026 09:00:00 +0000\r\n" in mail.octets
    assert not late.queue


def test_one_long_wait_is_many_short_ones(world: World, send: Send) -> None:
    simulation = send(
        without(world, "first.test", "second.test"), "bob@two.test", "eve@two.test", sender="ann@start.test"
    )
    at_once = wait(simulation.world, 6 * DAY, run_queue)
    bit_by_bit = simulation.world
    for _ in range(6 * 24):
        bit_by_bit = wait(bit_by_bit, HOUR, run_queue)
    assert at_once.now == bit_by_bit.now == simulation.world.now + 6 * DAY
    assert dict(at_once.outcomes) == dict(bit_by_bit.outcomes)
    assert [m.octets for m in at_once.mailboxes["ann@start.test"].mails] == [
        m.octets for m in bit_by_bit.mailboxes["ann@start.test"].mails
    ]


def test_waiting_with_an_empty_queue_only_moves_the_clock(world: World) -> None:
    assert wait(world, HOUR, run_queue) == world._replace(now=world.now + HOUR)
    assert wait(world, 0, run_queue) == world


def test_a_queue_is_worked_off_in_the_order_in_which_it_grew(world: World, send: Send) -> None:
    down = without(world, "first.test", "second.test")
    for number in range(5):
        down = send(down, "bob@two.test", letter=(f"Subject: {number}",)).world
    up = wait(down._replace(hosts=world.hosts), SHORTEST_PAUSE, run_queue)
    subjects = [mail.octets.rpartition(b"Subject: ")[2] for mail in up.mailboxes["bob@two.test"].mails]
    assert subjects == [b"4\r\n", b"3\r\n", b"2\r\n", b"1\r\n", b"0\r\n"]


# Loops


@pytest.fixture
def ring(build: Build) -> World:
    """Two hosts that each know the other's name for a person."""
    start = HOSTS["start.test"].replace("[mailboxes]", '[aliases]\nring = ["ring@backup.test"]\n[mailboxes]')
    second = HOSTS["second.test"].replace("[mailboxes]", '[aliases]\nring = ["ring@start.test"]\n[mailboxes]')
    return build({**HOSTS, "start.test": start, "second.test": second}, ZONE)


def test_a_name_that_leads_back_to_itself_over_two_hosts_bounces_at_its_second_sight(ring: World, send: Send) -> None:
    simulation = send(ring, "ring@start.test", sender="ann@start.test")
    assert (outcome(simulation).status, outcome(simulation).reason) == (
        "bounced",
        "The alias ring@start.test leads back to itself",
    )
    assert servers(simulation) == ["second.test", "start.test"]
    (mail,) = simulation.world.mailboxes["ann@start.test"].mails
    assert b"Status: 5.4.6" in mail.octets


@pytest.mark.parametrize(("hops", "status"), [(HOPS_LIMIT - 5, "delivered"), (HOPS_LIMIT + 1, "bounced")])
def test_a_letter_that_went_through_too_many_hands_bounces(world: World, send: Send, hops: int, status: str) -> None:
    simulation = send(
        world, "bob@two.test", letter=(*["Received: from a by b; Thu, 1 Jan 1970 00:00:00 +0000"] * hops, "")
    )
    assert outcome(simulation).status == status


def test_a_host_that_is_the_exchange_of_a_domain_that_is_not_its_own_sends_it_back(world: World, send: Send) -> None:
    simulation = send(world, "bob@ring.test", sender="ann@start.test")
    assert servers(simulation) == ["ringer.test", "start.test"]
    assert (outcome(simulation).status, outcome(simulation).reason) == (
        "bounced",
        "Mail for the domain loops back to ringer.test",
    )
