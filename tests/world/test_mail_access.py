"""POP3 and IMAP at hosts of the world: who is let in, what is seen, and what the sessions change."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import pytest

from smtpsim.session.change import Wrong
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.world.mail_access import load
from smtpsim.world.mail_access.access import apop_digest
from tests.shell.commands.orders import run

LETTER = (
    "EHLO cgi.example.com",
    "MAIL FROM:<webmaster@example.com>",
    "RCPT TO:<test@hogefuga.com>",
    "RCPT TO:<bob@hogefuga.com>",
    "DATA",
    "To: test@hogefuga.com",
    "",
    ".a line with a dot",
    ".",
)


def typed(simulation: Simulation, *lines: str) -> Turn:
    """The turn of the last line."""
    for line in lines:
        turn = simulation.say(line)
        simulation = turn.after
    return turn


def connected(simulation: Simulation, where: str) -> Simulation:
    turn = run(simulation, f":connect {where}")
    assert isinstance(turn, Turn), turn
    return turn.after


@pytest.fixture
def mailed() -> Simulation:
    """The world after a letter has been delivered to test and bob."""
    return typed(Simulation.start().after, *LETTER).after


def heard(turn: Turn) -> tuple[str, ...]:
    assert turn.reply is not None
    return turn.reply.lines


def test_pop3_shows_the_letter_and_no_envelope(mailed: Simulation) -> None:
    at = connected(mailed, "pop.hogefuga.com:110")
    lines = heard(typed(at, "USER test", "PASS example", "RETR 1"))
    assert "Return-Path: <webmaster@example.com>" in lines
    assert "a line with a dot" in lines
    assert not any("bob" in line for line in lines)


def test_pop3_deletes_at_quit_only(mailed: Simulation) -> None:
    at = connected(mailed, "pop.hogefuga.com:110")
    marked = typed(at, "USER test@hogefuga.com", "PASS example", "DELE 1").after
    assert marked.world.mailboxes["test@hogefuga.com"].length == 1
    gone = marked.say("QUIT").after
    assert gone.over
    assert gone.world.mailboxes["test@hogefuga.com"].length == 0
    assert gone.world.mailboxes["test@hogefuga.com"].octets == 0
    assert gone.world.mailboxes["bob@hogefuga.com"].length == 1


@pytest.mark.parametrize(
    ("user", "password"),
    [("test", "wrong"), ("nobody", "example"), ("carol@example.net", "example"), ("webmaster@example.com", "example")],
)
def test_strangers_are_not_let_in(mailed: Simulation, user: str, password: str) -> None:
    assert heard(typed(connected(mailed, "pop.hogefuga.com:110"), f"USER {user}", f"PASS {password}"))[0].startswith(
        "-ERR"
    )
    refused = typed(connected(mailed, "imap.hogefuga.com:143"), f"a LOGIN {user} {password}")
    assert heard(refused)[-1].startswith("a NO")


def test_imap_keeps_flags_and_expunges(mailed: Simulation) -> None:
    at = connected(mailed, "imap.hogefuga.com:143")
    read = typed(at, "a LOGIN test example", "b SELECT INBOX", "c FETCH 1 BODY[TEXT]").after
    (mail,) = read.world.mailboxes["test@hogefuga.com"].mails
    assert "\\Seen" in mail.flags
    again = connected(read, "imap.hogefuga.com:143")
    assert heard(typed(again, "a LOGIN test example", "b SELECT INBOX", "c SEARCH UNSEEN"))[0] == "* SEARCH"
    expunged = typed(read, "d STORE 1 +FLAGS (\\Deleted)", "e EXPUNGE").after
    assert expunged.world.mailboxes["test@hogefuga.com"].length == 0


def test_uids_are_never_given_twice(mailed: Simulation) -> None:
    at = connected(mailed, "pop.hogefuga.com:110")
    empty = typed(at, "USER test", "PASS example", "DELE 1", "QUIT").after
    back = connected(empty, "smtp.example.com")
    filled = typed(back, *LETTER).after.world.mailboxes["test@hogefuga.com"]
    assert [mail.uid for mail in filled.mails] == [2]


def test_a_literal_is_octets(mailed: Simulation) -> None:
    at = connected(mailed, "imap.hogefuga.com:143")
    asked = typed(at, "a LOGIN {4}")
    assert heard(asked)[0].startswith("+")
    assert asked.after.wants_octets == 4
    assert heard(asked.after.say("test example"))[-1].startswith("a OK")


REFUSED = {
    "pop.hogefuga.com": "connect-not-listening",
    "pop.hogefuga.com:143": "connect-not-listening",
    "mx.hogefuga.com:110": "connect-not-listening",
    "pop.hogefuga.com:99": "connect-refused",
}


@pytest.mark.parametrize(("where", "key"), REFUSED.items())
def test_nobody_listens_there(where: str, key: str) -> None:
    wrong = run(Simulation.start().after, f":connect {where}")
    assert isinstance(wrong, Wrong)
    assert wrong.key == key


def test_mail_is_not_relayed_to_a_host_without_smtp(mailed: Simulation) -> None:
    sent = typed(mailed, "MAIL FROM:<webmaster@example.com>", "RCPT TO:<x@pop.hogefuga.com>", "DATA", "", ".").after
    assert sent.world.outcomes[len(sent.world.outcomes)].status == "deferred"


def test_connecting_again_is_by_the_same_protocol(mailed: Simulation) -> None:
    at = typed(connected(mailed, "pop.hogefuga.com:110"), "QUIT").after
    again = run(at, ":connect")
    assert isinstance(again, Turn)
    assert heard(again)[0].startswith("+OK")
    smtp = connected(again.after, "smtp.example.com")
    assert smtp.access is None


def imap(simulation: Simulation, *lines: str) -> Turn:
    return typed(connected(simulation, "imap.hogefuga.com:143"), "a LOGIN test example", *lines)


def test_folders_that_a_program_makes_stay(mailed: Simulation) -> None:
    made = imap(mailed, "a CREATE Sent/2026", "a SELECT INBOX", "a COPY 1 Sent/2026", "a APPEND Sent {3}", "x", "")
    world = made.after.world
    assert world.mailboxes["test@hogefuga.com/Sent/2026"].length == 1
    (copy,) = world.mailboxes["test@hogefuga.com/Sent/2026"].mails
    assert copy.return_path == "webmaster@example.com"
    assert copy.octets == next(iter(world.mailboxes["test@hogefuga.com"].mails)).octets
    seen = imap(made.after, 'b LIST "" *')
    assert heard(seen)[:-1] == ('* LIST () "/" "INBOX"', '* LIST (\\Sent) "/" "Sent"', '* LIST () "/" "Sent/2026"')


def test_a_mail_that_comes_with_no_date_has_that_of_its_arrival_at_once(mailed: Simulation) -> None:
    """Also in the session that brought it, which has the mailbox open (RFC 3501 6.3.11)."""
    turn = imap(mailed, "a SELECT INBOX", "a APPEND INBOX {3}", "x", "", "a FETCH 2 INTERNALDATE")
    day = datetime.fromtimestamp(mailed.world.now, UTC).strftime("%e-%b-%Y")
    assert heard(turn)[0].startswith(f'* 2 FETCH (INTERNALDATE "{day} '), turn.reply
    elsewhere = imap(turn.after, "b SELECT INBOX", "b FETCH 2 INTERNALDATE")
    assert heard(elsewhere)[0] == heard(turn)[0]


def test_a_folder_that_is_made_again_is_another_one(mailed: Simulation) -> None:
    """Its uids begin anew, so that its validity must change (RFC 3501 2.3.1.1)."""
    lines = ("a CREATE x", "a STATUS x (UIDVALIDITY)", "a DELETE x", "a CREATE x", "a STATUS x (UIDVALIDITY)")
    simulation, told = connected(mailed, "imap.hogefuga.com:143").say("a LOGIN test example").after, []
    for line in lines:
        turn = simulation.say(line)
        simulation = turn.after
        told += [heard(turn)[0]] if "STATUS" in line else []
    assert told[0] != told[1]


def test_a_renamed_folder_keeps_its_mails(mailed: Simulation) -> None:
    lines = (
        "a CREATE x/y",
        "a SELECT INBOX",
        "a COPY 1 x/y",
        "a CLOSE",
        "a RENAME x z",
        "a UNSUBSCRIBE z",
        'a LSUB "" *',
    )
    after = imap(mailed, *lines)
    assert heard(after)[:-1] == ('* LSUB () "/" "INBOX"', '* LSUB () "/" "z/y"')
    assert after.after.world.mailboxes["test@hogefuga.com/z/y"].length == 1
    assert not {name for name in after.after.world.mailboxes if "/x" in name}


def test_what_another_session_removed_is_changed_no_more(mailed: Simulation) -> None:
    open_there = imap(mailed, "a CREATE x", "a SELECT INBOX", "a COPY 1 x", "a SELECT x").after
    gone = typed(open_there._replace(access=imap(open_there).after.access), "b DELETE x").after
    after = typed(gone._replace(access=open_there.access), "c STORE 1 +FLAGS (\\Deleted)", "c EXPUNGE").after
    assert "test@hogefuga.com/x" not in after.world.mailboxes


def test_an_idling_client_is_told_of_mail(mailed: Simulation) -> None:
    idling = imap(mailed, "a SELECT INBOX", "a IDLE").after
    assert idling.access is not None
    assert load("imap").push(idling.world, idling.access) is None
    more = typed(Simulation.start(idling.world).after, *LETTER).after.world
    told = load("imap").push(more, idling.access)
    assert told is not None
    assert told.reply is not None
    assert told.reply.lines == ("* 2 EXISTS", "* 2 RECENT")


def test_apop_and_auth_at_a_host(mailed: Simulation) -> None:
    at = connected(mailed, "pop.hogefuga.com:110")
    assert at.access is not None
    digest = apop_digest("example", at.access.state.timestamp)
    assert heard(at.say(f"APOP test {digest}"))[0].startswith("+OK Logged in, 1 messages")
    assert heard(at.say(f"APOP test {digest[::-1]}"))[0].startswith("-ERR")
    plain = b64encode(b"\0test\0example").decode()
    assert heard(at.say(f"AUTH PLAIN {plain}"))[0].startswith("+OK Logged in, 1 messages")


def test_every_greeting_has_a_timestamp_of_its_own(mailed: Simulation) -> None:
    first = connected(mailed, "pop.hogefuga.com:110")
    second = connected(typed(Simulation.start(first.world).after, *LETTER).after, "pop.hogefuga.com:110")
    assert first.access is not None
    assert second.access is not None
    assert first.access.state.timestamp != second.access.state.timestamp
