"""BATV: bounces of what was sent from here come in, and backscatter does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.address import NULL, Path, split_address
from smtpsim.kernel.duration import DAY
from smtpsim.session.simulation import Simulation, open_simulation
from smtpsim.world.batv import LIFETIME, LONGEST, Tag, tag_of, tagged_sender, untagged
from smtpsim.world.load import shipped_world
from smtpsim.world.model import Host, UsedPolicy, World
from smtpsim.world.policies import load

BATV = load("batv")
WORLD = shipped_world()
ATOM = st.text("abcXYZ019.+-_!#", min_size=1, max_size=60)


def with_batv(host: Host, **settings: str) -> Host:
    return host._replace(policies=(UsedPolicy(BATV, {**BATV.settings, **settings}), *host.policies))


HOST = with_batv(WORLD.hosts["smtp.example.com"])
OTHER = with_batv(WORLD.hosts["smtp.example.com"], secret="another secret")
ANN = Path("ann", "example.com")


def later(days: int) -> World:
    return WORLD._replace(now=WORLD.now + days * DAY)


@given(ATOM, st.integers(0, 4000))
def test_the_sender_is_found_again(local: str, day: int) -> None:
    sender = Path(local, "example.com")
    written = tagged_sender(later(day), HOST, sender)
    if written == sender:
        assert len(local) + len("prvs=KDDDSSSSSS=") > LONGEST
        return
    assert re.fullmatch(r"prvs=0\d{3}[0-9a-f]{6}=.+", written.local)
    assert untagged(written) == sender
    assert tag_of(later(day), HOST, written) is Tag.GOOD
    assert tag_of(later(day), OTHER, written) is Tag.WRONG


@pytest.mark.parametrize(
    ("days", "tag"), [(0, Tag.GOOD), (LIFETIME, Tag.GOOD), (LIFETIME + 1, Tag.EXPIRED), (900, Tag.EXPIRED)]
)
def test_a_tag_is_good_for_a_week(days: int, tag: Tag) -> None:
    assert tag_of(later(days), HOST, tagged_sender(WORLD, HOST, ANN)) is tag


def test_the_tag_is_of_this_address_and_no_other() -> None:
    mark = tagged_sender(WORLD, HOST, ANN).local.removesuffix("ann")
    assert tag_of(WORLD, HOST, Path(f"{mark}eve", "example.com")) is Tag.WRONG
    assert tag_of(WORLD, HOST, Path(f"{mark}ann".upper(), "EXAMPLE.com")) is Tag.GOOD
    assert tag_of(WORLD, HOST, Path(f"{mark[:5]}1{mark[6:]}ann", "example.com")) is Tag.WRONG
    assert tag_of(WORLD, HOST, ANN) is Tag.MISSING


@pytest.mark.parametrize(
    "sender", ["ann@elsewhere.example", '"a b"@example.com', "SRS0=abcd=aa=x.example=a@example.com"]
)
def test_what_is_not_tagged(sender: str) -> None:
    path = split_address(sender)
    assert tagged_sender(WORLD, HOST, path) == path


def test_neither_the_null_sender_nor_a_tagged_one_is_tagged_nor_anything_without_the_policy() -> None:
    once = tagged_sender(WORLD, HOST, ANN)
    assert tagged_sender(WORLD, HOST, NULL) == NULL
    assert tagged_sender(WORLD, HOST, once) == once
    assert tagged_sender(WORLD, WORLD.hosts["smtp.example.com"], ANN) == ANN


def said(simulation: Simulation, *lines: str) -> Simulation:
    for line in lines:
        simulation = simulation.say(line).after
    return simulation


def opened(host: Host, client_ip: str) -> Simulation:
    world = WORLD.with_host(host)
    return said(open_simulation(world, host, client_ip).after, "EHLO a.example")


LETTER = ("DATA", "Subject: x", "", "Hello.", ".")


def test_a_bounce_of_what_was_sent_from_here_arrives() -> None:
    sent = said(
        opened(HOST, "192.0.2.10"), "MAIL FROM:<webmaster@example.com>", "RCPT TO:<x@careless.example>", *LETTER
    )
    mailbox = sent.world.mailboxes["webmaster@example.com"]
    assert mailbox.length == 1
    first, second = (sent.world.hops[number] for number in (1, 2))
    tagged = str(tagged_sender(WORLD, HOST, Path("webmaster", "example.com")))
    assert any(one.client.startswith(f"MAIL FROM:<{tagged}>") for one in first.said)
    assert any(one.client.startswith(f"RCPT TO:<{tagged}>") for one in second.said)
    assert [finding.result for finding in second.findings if finding.kind == "batv"] == ["good"]


def code(simulation: Simulation, *lines: str) -> int:
    reply = said(simulation, *lines[:-1]).say(lines[-1]).reply
    assert reply is not None
    return reply.code


GOOD = tagged_sender(WORLD, HOST, Path("webmaster", "example.com"))
FORGED = "prvs=0123456789=webmaster@example.com"


@pytest.mark.parametrize(
    ("sender", "recipient", "expected"),
    [
        ("", "webmaster@example.com", 550),
        ("", FORGED, 550),
        ("", str(GOOD), 250),
        ("", "postmaster@example.com", 250),
        ("", "postmaster", 250),
        ("eve@attacker.example", "webmaster@example.com", 250),
        ("eve@attacker.example", str(GOOD), 250),
        ("eve@attacker.example", FORGED, 250),
        ("eve@attacker.example", "prvs=0123456789=nobody@example.com", 550),
    ],
)
def test_who_may_write_to_whom(sender: str, recipient: str, expected: int) -> None:
    simulation = opened(HOST, "203.0.113.66")
    assert code(simulation, f"MAIL FROM:<{sender}>", f"RCPT TO:<{recipient}>") == expected


def test_a_host_may_only_mark() -> None:
    simulation = opened(with_batv(WORLD.hosts["smtp.example.com"], untagged="mark"), "203.0.113.66")
    after = said(simulation, "MAIL FROM:<>", "RCPT TO:<webmaster@example.com>")
    assert after.connection.state.envelope is not None
    assert [finding.result for finding in after.connection.findings if finding.kind == "batv"] == ["missing"]
