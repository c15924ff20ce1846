"""A read receipt goes back over SMTP, is stored like any mail, and is answered by nobody."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from smtpsim.app.receipts import receipt_letter
from smtpsim.explain import LANGUAGES, words
from smtpsim.kernel.printable import decoded
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.draft import Draft
from smtpsim.message.reading import read_mail
from smtpsim.message.receipt import Action, Setting
from smtpsim.session.simulation import Simulation
from smtpsim.session.submission import submit
from smtpsim.world.model import StoredMail, World

AUTHOR = NamedAddress("Webmaster", "webmaster@example.com")


def delivered(draft: Draft, address: str) -> tuple[World, StoredMail]:
    """The world in which the draft has been sent, and what lies in the mailbox."""
    world = submit(Simulation.start().after, draft, "cgi.example.com")[-1].after.world
    return world, next(iter(world.mailboxes[address].mails))


def asking(envelope_from: str | None = None) -> Draft:
    to = (NamedAddress("", "test@hogefuga.com"),)
    return Draft(AUTHOR, to=to, receipt_to=(AUTHOR,), subject="ご確認", envelope_from=envelope_from)


def test_a_request_may_be_answered_at_once_only_where_bounces_go() -> None:
    for envelope_from, action in ((None, Action.SEND), ("newsletter@example.com", Action.ASK), ("", Action.ASK)):
        _, mail = delivered(asking(envelope_from), "test@hogefuga.com")
        assert read_mail(mail.octets).receipt.action(Setting.ON) is action


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_way_back(lang: str) -> None:
    world, mail = delivered(asking(), "test@hogefuga.com")
    letter = receipt_letter(world, world.mailboxes["test@hogefuga.com"], mail, "manual", words(lang))
    now = Simulation.start(world, "smtp.example.com", "198.51.100.25").after
    for line in ("EHLO mx.hogefuga.com", "MAIL FROM:<> BODY=8BITMIME", "RCPT TO:<webmaster@example.com>", "DATA"):
        now = now.say(line).after
    for octets in letter.removesuffix(b"\r\n").split(b"\r\n"):
        now = now.say(decoded(b"." + octets if octets.startswith(b".") else octets)).after
    turn = now.say(".")
    assert [outcome.status for outcome in turn.fates] == ["delivered"]
    (stored,) = turn.after.world.mailboxes["webmaster@example.com"].mails
    assert [part.defects for part in message_from_bytes(stored.octets, policy=policy.default).walk()] == [[]] * 5
    reading = read_mail(stored.octets)
    assert reading.bounce_to == ""
    assert not reading.receipt.allowed
    subject = next(field.value for field in reading.header if field.name == "Subject")
    assert subject == f"{words(lang)('mail.mdn-subject')} ご確認"
    assert "test@hogefuga.com" in reading.text.lines[0]
