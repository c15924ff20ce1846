"""A read receipt goes back over SMTP, is stored like any mail, and is answered by nobody."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from smtpsim.explain import LANGUAGES, words
from smtpsim.message.receipt import Action
from smtpsim.message.receipt_setting import Setting
from smtpsim.session.simulation import open_simulation
from smtpsim.world.load import shipped_world
from smtpsim.world.mailbox import Mailbox, StoredMail
from smtpsim.world.model import World
from smtpsim.world.receipts import send_receipt
from smtpsim.world.stored import RECEIPT_SENT, about, reading_of, seen
from smtpsim.world.transport import run_queue

READER = "test@hogefuga.com"
SUBJECT = "Subject: =?utf-8?b?44GU56K66KqN?="


def delivered(
    sender: str = "webmaster@example.com", asked_by: str = "webmaster@example.com", to: str = READER
) -> World:
    """The world in which a mail has been delivered that asks for a receipt."""
    turn = open_simulation(shipped_world())
    header = ("From: webmaster@example.com", SUBJECT, f"Disposition-Notification-To: {asked_by}")
    for line in ("HELO cgi.example.com", f"MAIL FROM:<{sender}>", f"RCPT TO:<{to}>", "DATA", *header, "", "text", "."):
        turn = turn.after.say(line)
    return turn.after.world


def found(world: World, address: str = READER) -> tuple[Mailbox, StoredMail]:
    """A mailbox, and the newest mail in it."""
    mailbox = world.mailboxes[address]
    return mailbox, next(iter(mailbox.mails))


def sent(world: World, mode: str = "manual") -> World:
    return run_queue(send_receipt(world, *found(world), mode))


@pytest.mark.parametrize(
    ("sender", "action"),
    [("webmaster@example.com", Action.SEND), ("newsletter@example.com", Action.ASK), ("", Action.ASK)],
)
def test_a_request_may_be_answered_at_once_only_where_bounces_go(sender: str, action: Action) -> None:
    _, mail = found(delivered(sender))
    assert reading_of(mail).receipt.action(Setting.ON) is action


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_way_back(lang: str) -> None:
    world = sent(delivered()._replace(language=lang))
    _, mail = found(world, "webmaster@example.com")
    assert [part.defects for part in message_from_bytes(mail.octets, policy=policy.default).walk()] == [[]] * 5
    reading = reading_of(mail)
    assert (reading.bounce_to, reading.receipt.allowed) == ("", False)
    assert [passage.server for passage in reading.way] == ["smtp.example.com"]
    subject = next(field.value for field in reading.header if field.name == "Subject")
    assert subject == f"{words(lang)('report.read-subject')} ご確認"
    assert READER in reading.text.lines[0]
    assert reading.text.lines[0].count("01 Apr 2026 09:00:00") == 2


def test_it_follows_from_the_mail_that_was_read() -> None:
    world = sent(delivered())
    outcome = world.outcomes[2]
    assert (outcome.status, outcome.role, outcome.follows) == ("delivered", "receipt", 1)
    assert world.hops[2].client == "mx.hogefuga.com"
    assert "MAIL FROM:<>" in [said.client.partition(" SIZE")[0] for said in world.hops[2].said]


def test_a_mail_that_came_by_an_alias_is_found_again() -> None:
    world = delivered(to="moved@example.net")
    mailbox, mail = found(world, "alice@hogefuga.com")
    assert about(world, mailbox, reading_of(mail), "receipt").follows == 1


def test_a_mail_that_nobody_knows_of_follows_from_nothing() -> None:
    world = delivered()
    mailbox, mail = found(world)
    reading = reading_of(mail)._replace(way=())
    assert about(world, mailbox, reading, "receipt")[3:6] == (0, "mx.hogefuga.com", "")


def test_it_is_never_sent_twice() -> None:
    world = sent(delivered())
    _, mail = found(world)
    assert RECEIPT_SENT in mail.flags
    assert not reading_of(mail).receipt.allowed


@pytest.mark.parametrize(("mode", "words"), [("manual", 0), ("automatic", 1)])
def test_how_it_came_to_be_sent(mode: str, words: int) -> None:
    _, mail = found(sent(delivered(), mode), "webmaster@example.com")
    assert mail.octets.count(b"Auto-Submitted: auto-replied") == words
    kind = {"manual": b"MDN-sent-manually", "automatic": b"MDN-sent-automatically"}[mode]
    assert b"Disposition: manual-action/" + kind + b"; displayed" in mail.octets


def test_one_that_fails_is_told_to_nobody() -> None:
    world = sent(delivered(asked_by="nobody@example.net"))
    assert (world.outcomes[2].status, len(world.outcomes)) == ("discarded", 2)


def test_each_who_asks_gets_one() -> None:
    world = sent(delivered(asked_by="webmaster@example.com, carol@example.net"))
    assert [world.outcomes[number].recipient for number in (2, 3)] == ["webmaster@example.com", "carol@example.net"]
    assert found(world, "carol@example.net")[1].return_path == ""


def test_to_read_a_mail_marks_this_one_only() -> None:
    world = delivered()
    mailbox, mail = found(world)
    twice = mailbox._replace(mails=mailbox.mails.push_front(mail._replace(uid=2)))
    world = world._replace(mailboxes=world.mailboxes.insert(READER, twice))
    marked = [one.uid for one in seen(world, twice, mail).mailboxes[READER].mails if "\\Seen" in one.flags]
    assert marked == [1]
