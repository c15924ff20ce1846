"""Relays encrypt where the next host offers it (RFC 3207, RFC 7435), by a setting of theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smtpsim.kernel.duration import HOUR
from smtpsim.session.simulation import Simulation
from smtpsim.world.model import Hop, World
from smtpsim.world.queue import LIFETIME, wait
from smtpsim.world.transport import run_queue

Build = Callable[..., World]
Send = Callable[..., Simulation]

ZONE = """\
$ORIGIN test.
start A  192.0.2.25
      MX 10 start
there MX 10 mx
mx    A  192.0.2.1
"""

START = 'addresses = ["192.0.2.25"]\ndomains = ["start.test"]\nextensions = ["enhancedstatuscodes"]\n'
MX = 'addresses = ["192.0.2.1"]\ndomains = ["there.test"]\n'
ANN, BOB = '[mailboxes]\nann = "Ann"\n', '[mailboxes]\nbob = "Bob"\n'
OFFERED = 'extensions = ["size", "starttls"]\n'


@pytest.fixture
def world(build: Build) -> Callable[[str, str], World]:
    """A world by the sender's setting and what the next host offers."""

    def made(tls: str, offered: str = OFFERED) -> World:
        setting = f'tls = "{tls}"\n' if tls else ""
        return build({"start.test": START + setting + ANN, "mx.test": MX + offered + BOB}, ZONE)

    return made


def said(hop: Hop) -> list[str]:
    return [one.client.partition(":")[0] for one in hop.said if one.client and not one.client.endswith("\r\n")]


def received(simulation: Simulation) -> bytes:
    """What the next host wrote of the letter's arrival."""
    (mail,) = simulation.world.mailboxes["bob@there.test"].mails
    return mail.octets.split(b"Received: ")[1]


@pytest.mark.parametrize("tls", ["", "may", "encrypt"])
def test_it_is_used_where_it_is_offered(world: Callable[..., World], send: Send, tls: str) -> None:
    simulation = send(world(tls), "bob@there.test")
    expected = ["EHLO start.test", "STARTTLS", "EHLO start.test", "MAIL FROM", "RCPT TO", "DATA", ".", "QUIT"]
    assert said(simulation.world.hops[1]) == expected
    assert b"by mx.test with ESMTPS id" in received(simulation)


@pytest.mark.parametrize(("tls", "offered"), [("none", OFFERED), ("may", 'extensions = ["size"]\n')])
def test_it_is_not_used_where_one_side_does_not_want_it(
    world: Callable[..., World], send: Send, tls: str, offered: str
) -> None:
    simulation = send(world(tls, offered), "bob@there.test")
    assert "STARTTLS" not in said(simulation.world.hops[1])
    assert b"by mx.test with ESMTP id" in received(simulation)


def test_who_must_encrypt_waits_and_says_why_when_the_time_is_over(world: Callable[..., World], send: Send) -> None:
    simulation = send(world("encrypt", 'extensions = ["size"]\n'), "bob@there.test", sender="ann@start.test")
    outcome = simulation.world.outcomes[1]
    assert (outcome.status, said(simulation.world.hops[1])) == ("deferred", ["EHLO start.test", "QUIT"])
    over = wait(simulation.world, LIFETIME + HOUR, run_queue)
    assert over.outcomes[1].status == "bounced"
    report = next(iter(over.mailboxes["ann@start.test"].mails)).octets
    assert b"mx.test does not offer STARTTLS" in report
    assert not over.mailboxes["bob@there.test"].mails


def test_a_host_that_offers_it_and_then_refuses_gets_the_letter_in_the_clear(
    world: Callable[..., World], send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opportunistic: a refusal of STARTTLS is no refusal of the mail (RFC 7435 3)."""
    from smtpsim.world.relay_client import RelayClient

    say = RelayClient.say
    monkeypatch.setattr(RelayClient, "say", lambda talk, text: say(talk, "STARTTLS x" if text == "STARTTLS" else text))
    simulation = send(world("may"), "bob@there.test")
    assert said(simulation.world.hops[1])[:3] == ["EHLO start.test", "STARTTLS x", "MAIL FROM"]
    assert b"with ESMTP id" in received(simulation)
