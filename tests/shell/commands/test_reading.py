"""The commands about mails that lie in a mailbox: :read, :receipts, :bounce."""

from __future__ import annotations

import pytest

from smtpsim.message.receipt_setting import Setting
from smtpsim.session.opened import Opened, names, open_mail
from smtpsim.session.simulation import Simulation, Turn
from tests.shell.commands.orders import done, refused

LETTER = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA")
ASKING = "Disposition-Notification-To: "


@pytest.fixture
def asked(simulation: Simulation) -> Simulation:
    """A mail that asks for a receipt lies in the mailbox."""
    return after(simulation, *LETTER, f"{ASKING}webmaster@example.com", "", "text", ".")


def after(simulation: Simulation, *lines: str) -> Simulation:
    for line in lines:
        simulation = (done(simulation, line) if line.startswith(":") else simulation.say(line)).after
    return simulation


def receipts(turn: Turn) -> list[str]:
    return [fate.recipient for fate in turn.fates if fate.role == "receipt"]


@pytest.mark.parametrize("named", ["test@hogefuga.com 1", "<TEST@Hogefuga.com>  1", "test 1"])
def test_a_mail_is_named_by_address_and_number(asked: Simulation, named: str) -> None:
    found = open_mail(asked.world, *named.split())
    assert isinstance(found, Opened)
    assert found.name == "test@hogefuga.com 1"


def test_the_first_that_came_is_number_1(asked: Simulation) -> None:
    world = after(asked, *LETTER[1:], "Subject: second", "", ".").world
    found = [open_mail(world, "test", number) for number in ("1", "2")]
    assert [b"second" in one.mail.octets for one in found if isinstance(one, Opened)] == [False, True]
    assert [name for name in names(world) if name.startswith("test@")] == [
        "test@hogefuga.com",
        "test@hogefuga.com 2",
        "test@hogefuga.com 1",
    ]


def test_reading_is_a_turn_that_marks_the_mail(asked: Simulation) -> None:
    turn = done(asked, ":read test 1")
    (mail,) = turn.after.world.mailboxes["test@hogefuga.com"].mails
    assert (turn.kind, turn.line, turn.fates, turn.reply) == ("simulator", ":read test 1", (), None)
    assert "\\Seen" in mail.flags
    assert turn.after.connection == asked.connection


@pytest.mark.parametrize(
    ("line", "key"),
    [
        (":read", "read-missing"),
        (":read test", "read-missing"),
        (":read test 1 receipts", "read-missing"),
        (":read test 1 receipt receipt", "read-missing"),
        (":read nobody 1", "inbox-unknown"),
        (":read test 2", "inbox-number"),
        (":read carol@example.net 1", "inbox-empty"),
        (":complain carol@example.net", "inbox-empty"),
        (":spf 203.0.113.66", "spf-incomplete"),
        (":spf 203.0.113.66 <>", "spf-no-identity"),
        (":spf here ann@example.com", "ip-syntax"),
        (":read test 0", "inbox-number"),
        (":read test x", "inbox-number"),
        (":read test \u0661", "inbox-number"),
        (":bounce", "bounce-missing"),
        (":bounce test", "bounce-missing"),
        (":bounce test 1 now", "bounce-missing"),
        (":bounce nobody 1", "inbox-unknown"),
        (":receipts", "receipts-missing"),
        (":receipts maybe", "receipts-missing"),
    ],
)
def test_refused(asked: Simulation, line: str, key: str) -> None:
    assert refused(asked, line) == key


@pytest.mark.parametrize(
    ("asked_by", "setting", "word", "mode"),
    [
        ("webmaster@example.com", "off", "", ""),
        ("webmaster@example.com", "off", " receipt", "manually"),
        ("webmaster@example.com", "ask", "", ""),
        ("webmaster@example.com", "ask", " receipt", "manually"),
        ("webmaster@example.com", "on", "", "automatically"),
        ("webmaster@example.com", "on", " receipt", "automatically"),
        ("newsletter@example.com", "on", "", ""),
        ("newsletter@example.com", "on", " receipt", "manually"),
    ],
)
def test_what_sends_a_receipt(simulation: Simulation, asked_by: str, setting: str, word: str, mode: str) -> None:
    """By itself it goes only to where bounces go (RFC 8098 2.1)."""
    ready = after(simulation, *LETTER, ASKING + asked_by, "", ".", f":receipts {setting}")
    turn = done(ready, f":read test 1{word}")
    assert receipts(turn) == ([asked_by] if mode else [])
    for mail in turn.after.world.mailboxes[asked_by].mails:
        assert f"MDN-sent-{mode}".encode() in mail.octets


def test_a_second_one_is_never_sent(asked: Simulation) -> None:
    once = done(asked, ":read test 1 receipt")
    assert receipts(once) == ["webmaster@example.com"]
    assert receipts(done(after(once.after, ":receipts on"), ":read test 1 receipt")) == []


def test_a_receipt_is_answered_by_no_other(asked: Simulation) -> None:
    read = after(asked, ":receipts on", ":read test 1")
    assert receipts(done(read, ":read webmaster 1 receipt")) == []


def test_the_setting_outlasts_the_connection_and_is_undone_like_any_step(asked: Simulation) -> None:
    turn = done(asked, ":receipts ON")
    assert after(turn.after, ":connect", "HELO a").world.receipts is Setting.ON
    assert asked.world.receipts is Setting.OFF


def test_a_bounce_goes_to_return_path(asked: Simulation) -> None:
    turn = done(asked, ":bounce test 1")
    assert [(fate.recipient, fate.role, fate.status) for fate in turn.fates] == [
        ("webmaster@example.com", "report", "delivered")
    ]
    assert refused(turn.after, ":bounce webmaster 1") == "bounce-nowhere"


def test_mail_is_read_while_it_is_picked_up(asked: Simulation) -> None:
    turn = done(after(asked, ":connect pop.hogefuga.com:110"), ":read test 1 receipt")
    assert receipts(turn)
    assert turn.after.access is not None
