"""A filter gives a mail back after SMTP's end."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from flufl.bounce import scan_message

from smtpsim.explain import words
from smtpsim.session.simulation import open_simulation
from smtpsim.world.giving_back import give_back
from smtpsim.world.load import shipped_world
from smtpsim.world.mailbox import StoredMail
from smtpsim.world.model import World
from smtpsim.world.transport import run_queue


def newest(world: World, address: str) -> StoredMail:
    return next(iter(world.mailboxes[address].mails))


@pytest.fixture
def world() -> World:
    """A mail has been given back whose From, Reply-To and envelope sender are three addresses."""
    turn = open_simulation(shipped_world())
    for line in (
        "EHLO cgi.example.com",
        "MAIL FROM:<webmaster@example.com> ENVID=x RET=FULL",
        "RCPT TO:<alice@hogefuga.com> NOTIFY=NEVER",
        "DATA",
        "From: newsletter@example.com",
        "Reply-To: carol@example.net",
        "",
        "text",
        ".",
    ):
        turn = turn.after.say(line)
    before = turn.after.world
    return run_queue(give_back(before, before.mailboxes["alice@hogefuga.com"], newest(before, "alice@hogefuga.com")))


def test_it_goes_to_return_path_and_nowhere_else(world: World) -> None:
    assert world.mailboxes["webmaster@example.com"].length == 1
    assert world.mailboxes["newsletter@example.com"].length == world.mailboxes["carol@example.net"].length == 0
    outcome = world.outcomes[2]
    assert (outcome.recipient, outcome.status, outcome.follows) == ("webmaster@example.com", "delivered", 1)


def test_other_programs_know_it_for_a_bounce(world: World) -> None:
    report = message_from_bytes(newest(world, "webmaster@example.com").octets, policy=policy.default)
    assert [part.defects for part in report.walk()] == [[]] * len(list(report.walk()))
    assert scan_message(report) == {b"alice@hogefuga.com"}
    assert words("en")("report.given-back") in report.as_string()


def test_what_the_envelope_asked_for_is_gone(world: World) -> None:
    octets = newest(world, "webmaster@example.com").octets
    assert b"Original-Envelope-Id" not in octets
    assert b"text/rfc822-headers" in octets
