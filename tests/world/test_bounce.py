"""Bounces as letters: who gets them, what an independent reader finds in them, and where they end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import policy
from email.errors import NonASCIILocalPartDefect
from email.message import EmailMessage
from email.parser import BytesParser

import pytest

from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.model import Host, World

Send = Callable[..., Simulation]

WORLD = shipped_world()
SENDER = "webmaster@example.com"


def bounces(simulation: Simulation, address: str = SENDER) -> list[EmailMessage]:
    """What lies in a mailbox, parsed, the newest first."""
    parser = BytesParser(EmailMessage, policy=policy.default)
    return [parser.parsebytes(mail.octets) for mail in simulation.world.mailboxes[address].mails]


def defects(message: EmailMessage) -> Iterator[object]:
    """What the reader does not like. Python has no notion of addresses beyond ASCII (RFC 6532)."""
    for part in message.walk():
        yield from part.defects
        for _, value in part.items():
            yield from (found for found in value.defects if not isinstance(found, NonASCIILocalPartDefect))


def typed(*lines: str, world: World = WORLD) -> Simulation:
    turn: Turn = open_simulation(world)
    for line in lines:
        turn = turn.after.say(line)
    return turn.after


def test_a_bounce_tells_who_failed_and_why(send: Send) -> None:
    simulation = send(WORLD, "nobody@hogefuga.com", letter=("Subject: to nobody", "", "The secret of the letter."))
    (bounce,) = bounces(simulation)
    assert list(defects(bounce)) == []
    assert bounce.get_content_type() == "multipart/report"
    assert bounce.get_param("report-type") == "delivery-status"
    assert (bounce["Return-Path"], bounce["To"]) == ("<>", SENDER)
    assert bounce["Auto-Submitted"] == "auto-replied"
    notice, status, header = bounce.iter_parts()
    assert "nobody@hogefuga.com" in notice.get_content()
    _, _, group = status.walk()
    assert group["Final-Recipient"] == "rfc822; nobody@hogefuga.com"
    assert (group["Action"], group["Status"]) == ("failed", "5.1.1")
    assert group["Remote-MTA"] == "dns; mx.hogefuga.com"
    assert group["Diagnostic-Code"] == "smtp; 550 5.1.1 <nobody@hogefuga.com> User unknown"
    assert "Subject: to nobody" in header.get_content()
    assert "secret" not in bounce.as_string()


def test_one_bounce_tells_of_all_who_failed_at_once(send: Send) -> None:
    recipients = ("x@hogefuga.com", "alice@hogefuga.com", "y@nosuch.example", "z@example.com")
    simulation = send(WORLD.with_host(_open()), *recipients)
    (bounce,) = bounces(simulation)
    _, _, *groups = list(bounce.iter_parts())[1].walk()
    failed = {group["Final-Recipient"].removeprefix("rfc822; "): group["Status"] for group in groups}
    assert failed == {"x@hogefuga.com": "5.1.1", "y@nosuch.example": "5.1.2", "z@example.com": "5.1.1"}
    assert list(defects(bounce)) == []


def _open() -> Host:
    """The server as it is without policies: it takes mail for its own unknown users, and bounces it later."""
    return WORLD.hosts["smtp.example.com"]._replace(policies=())


NON_ASCII = (
    ("MAIL FROM:<webmaster@example.com> SMTPUTF8", "RCPT TO:<だれか@hogefuga.com>", "Subject: 件名"),
    ("MAIL FROM:<webmaster@example.com> SMTPUTF8", "RCPT TO:<x@ない.example>", "Subject: x"),
    ("MAIL FROM:<webmaster@example.com>", "RCPT TO:<nobody@hogefuga.com>", "Subject: 件名"),
    ("MAIL FROM:<webmaster@example.com>", "RCPT TO:<nobody@hogefuga.com>", "Subject: \udcff\udc80"),
    ("MAIL FROM:<webmaster@example.com>", "RCPT TO:<nobody@hogefuga.com>", "no header at all, 本文だけ"),
    ("MAIL FROM:<webmaster@example.com>", 'RCPT TO:<"a b\\"c"@hogefuga.com>', "Subject: x"),
    ("MAIL FROM:<webmaster@example.com>", "RCPT TO:<\udcff@hogefuga.com>", "Subject: x"),
    ("MAIL FROM:<webmaster@example.com>", f"RCPT TO:<{'x' * 64}@{'y' * 60}.{'z' * 60}.example>", "Subject: x"),
)


@pytest.mark.parametrize(("mail", "rcpt", "header"), NON_ASCII)
def test_a_bounce_has_no_defects_whatever_it_is_about(mail: str, rcpt: str, header: str) -> None:
    simulation = typed("EHLO x", mail, rcpt, "DATA", header, "", "x", ".")
    (bounce,) = bounces(simulation)
    assert list(defects(bounce)) == []
    assert len(list(bounce.iter_parts())) == 3


def test_a_sender_beyond_ascii_stands_in_the_bounce_as_it_is() -> None:
    """The reader has no notion of such a header (RFC 6532); all the rest it must like."""
    sender = "送信者@example.com"
    world = WORLD._replace(mailboxes=WORLD.mailboxes.insert(sender, WORLD.mailboxes[SENDER]))
    lines = ("EHLO x", f"MAIL FROM:<{sender}> SMTPUTF8", "RCPT TO:<x@nosuch.example>", "DATA", "", ".")
    simulation = typed(*lines, world=world)
    (mail,) = simulation.world.mailboxes[sender].mails
    assert f"\r\nTo: <{sender}>\r\n".encode() in mail.octets
    (bounce,) = bounces(simulation, sender)
    del bounce["To"]
    assert list(defects(bounce)) == []


def test_nobody_is_told_of_a_letter_without_a_sender(send: Send) -> None:
    simulation = send(WORLD, "nobody@hogefuga.com", sender="")
    (outcome,) = simulation.world.outcomes.values()
    assert (outcome.status, outcome.bounce_to) == ("discarded", "")
    assert all(mailbox.length == 0 for mailbox in simulation.world.mailboxes.values())


def test_a_bounce_that_fails_is_discarded(send: Send) -> None:
    simulation = send(WORLD, "nobody@hogefuga.com", sender="nobody@example.net")
    statuses = [simulation.world.outcomes[number].status for number in (1, 2)]
    assert statuses == ["bounced", "discarded"]
    assert len(simulation.world.outcomes) == 2


def test_a_bounce_goes_to_whoever_the_envelope_names_and_not_to_the_author(send: Send) -> None:
    letter = ("From: newsletter@example.com", "Reply-To: newsletter@example.com", "", "x")
    simulation = send(WORLD, "nobody@hogefuga.com", sender="carol@example.net", letter=letter)
    assert len(bounces(simulation, "carol@example.net")) == 1
    assert bounces(simulation, "newsletter@example.com") == []
    assert simulation.world.outcomes[1].bounce_to == "carol@example.net"


def test_a_bounce_takes_the_road_of_any_letter(send: Send) -> None:
    simulation = send(WORLD, "nobody@hogefuga.com", sender="carol@example.net")
    servers = [simulation.world.hops[number].server for number in sorted(simulation.world.hops)]
    assert servers == ["mx.hogefuga.com", "mx.example.net"]
    assert "MAIL FROM:<>" in [said.client.partition(" SIZE")[0] for said in simulation.world.hops[2].said]


def test_a_sender_of_this_host_without_a_domain_gets_its_bounce(send: Send) -> None:
    simulation = send(WORLD, "nobody@hogefuga.com", sender="postmaster")
    assert len(bounces(simulation, "postmaster@example.com")) == 1
