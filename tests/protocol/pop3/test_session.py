"""What each command of POP3 answers, word for word (RFC 1939 5 to 7)."""

from __future__ import annotations

import pytest

from smtpsim.protocol.dialogue import Closed, Connected, LoggedIn, LoginRefused
from smtpsim.protocol.maildrop import Maildrop, MailsFetched, MailsRemoved
from smtpsim.protocol.pop3.facts import Marked, Unmarked, UserNamed
from smtpsim.protocol.pop3.service import Service
from smtpsim.protocol.pop3.state import Phase
from tests.protocol.pop3.dialogue import DOTS, HELLO, LOGIN, OCTETS, Dialogue, arrived

SIZES = [len(HELLO), len(DOTS), len(OCTETS)]
TOTAL = sum(SIZES)

ANSWERS = [
    ("STAT", [f"+OK 3 {TOTAL}"]),
    ("LIST", [f"+OK 3 messages ({TOTAL} octets)", *(f"{n} {size}" for n, size in enumerate(SIZES, 1)), "."]),
    ("LIST 2", [f"+OK 2 {len(DOTS)}"]),
    ("LIST 02", [f"+OK 2 {len(DOTS)}"]),
    ("UIDL", ["+OK Unique-id listing follows", "1 5.7", "2 5.8", "3 5.12", "."]),
    ("UIDL 3", ["+OK 3 5.12"]),
    ("RETR 2", [f"+OK {len(DOTS)} octets", "Subject: dots", "", "..", "...", "..x", "", "."]),
    ("TOP 1 0", ["+OK Top of message follows", "Return-Path: <bob@example.com>", "Subject: hello", "", "."]),
    ("TOP 2 1", ["+OK Top of message follows", "Subject: dots", "", "..", "."]),
    ("TOP 2 9999999999", ["+OK Top of message follows", "Subject: dots", "", "..", "...", "..x", "", "."]),
    ("DELE 1", ["+OK Message 1 marked as deleted"]),
    ("RSET", [f"+OK 3 messages ({TOTAL} octets), nothing is marked"]),
    ("NOOP", ["+OK Nothing done"]),
    ("QUIT", ["+OK pop.example.net signing off"]),
    ("LIST 0", ["-ERR No such message, the last one is 3"]),
    ("RETR 4", ["-ERR No such message, the last one is 3"]),
    ("RETR ٣", ["-ERR That is not a number"]),
    ("RETR 99999999999999", ["-ERR That is not a number"]),
    ("TOP 1 -1", ["-ERR That is not a number"]),
    ("TOP 1", ["-ERR Syntax: TOP message lines"]),
    ("LIST 1 2", ["-ERR Syntax: LIST [message]"]),
    ("RETR", ["-ERR Syntax: RETR message"]),
    ("STAT now", ["-ERR Syntax: STAT"]),
    ("USER bob", ["-ERR You are logged in already"]),
]


@pytest.mark.parametrize(("line", "lines"), ANSWERS)
def test_what_is_answered(line: str, lines: list[str]) -> None:
    assert list(arrived(Phase.TRANSACTION).reply(line).lines) == lines


FAULTS = [
    ("", ("empty-line", 1)),
    ("  ", ("empty-line", 1)),
    ("FOO", ("unknown-verb", 1)),
    ("  HELO x", ("unknown-verb", 3)),
    ("\u017ftat", ("unknown-verb", 1)),
    ("RETR", ("argument-missing", 5)),
    ("RETR ", ("argument-missing", 6)),
    ("TOP 1", ("argument-missing", 6)),
    ("RETR one", ("number-syntax", 6)),
    ("RETR  1 2", ("argument-unexpected", 9)),
    ("RETR ²", ("number-syntax", 6)),
    ("TOP 1 all", ("lines-syntax", 7)),
    ("LIST 4", ("no-such-message", 6)),
    ("NOOP x y", ("argument-unexpected", 6)),
    ("RETR 1" + " " * 300, ("line-too-long", 0)),
]


@pytest.mark.parametrize(("line", "fault"), FAULTS)
def test_what_is_wrong_and_where(line: str, fault: tuple[str, int]) -> None:
    assert arrived(Phase.TRANSACTION).faults(line) == [fault]


def test_the_octets_of_a_mail_survive() -> None:
    wire = arrived(Phase.TRANSACTION).reply("RETR 3").wire()
    assert wire == f"+OK {len(OCTETS)} octets\r\n".encode() + OCTETS + b"\r\n.\r\n"


def test_logging_in_and_its_facts() -> None:
    dialogue = Dialogue()
    assert dialogue.step.facts == (Connected("pop.example.net"),)
    assert dialogue.say("USER ann").facts == (UserNamed("ann"),)
    step = dialogue.say("PASS tea")
    assert step.facts == (LoggedIn("ann"),)
    assert step.reply.lines == (f"+OK Logged in, 3 messages ({TOTAL} octets)",)


@pytest.mark.parametrize("password", ["TEA", "tea ", " tea", "tea tea"])
def test_a_password_is_taken_to_the_letter(password: str) -> None:
    step = Dialogue().say("USER ann", f"PASS {password}")
    assert step.reply.lines == ("-ERR [AUTH] Wrong user name or password",)
    assert step.facts == (LoginRefused("ann"),)
    assert (step.state.phase, step.state.user) == (Phase.AUTHORIZATION, None)


def test_after_a_refused_password_the_name_is_asked_again() -> None:
    assert Dialogue().reply("USER ann", "PASS x", "PASS tea").key == "need-user"


def test_the_greeting_offers_no_apop() -> None:
    greeting = Dialogue().step.reply
    assert "<" not in greeting.lines[0]
    assert Dialogue().reply("APOP ann 0123").lines == ("-ERR APOP is not offered here, use USER and PASS",)


def test_capabilities_can_be_asked_at_any_time() -> None:
    for phase in (Phase.AUTHORIZATION, Phase.USER, Phase.TRANSACTION):
        lines = arrived(phase).reply("CAPA").lines
        assert lines[0].startswith("+OK")
        assert {"USER", "TOP", "UIDL"} <= set(lines[1:])
        assert lines[-1] == "."


def test_marks_act_at_quit_and_not_before() -> None:
    dialogue = arrived(Phase.TRANSACTION)
    assert dialogue.say("DELE 1").facts == (Marked(7),)
    assert dialogue.reply("DELE 1").key == "message-marked"
    assert dialogue.reply("RETR 1").key == "message-marked"
    assert dialogue.reply("STAT").lines == (f"+OK 2 {TOTAL - len(HELLO)}",)
    assert dialogue.reply("LIST").lines[1] == f"2 {len(DOTS)}"
    assert len(dialogue.drop.mails) == 3
    step = dialogue.say("DELE 3", "QUIT")
    assert step.facts == (MailsRemoved("INBOX", (7, 12)), Closed("client"))
    assert [mail.uid for mail in dialogue.drop.mails] == [8]


def test_marks_can_be_taken_back() -> None:
    dialogue = arrived(Phase.TRANSACTION)
    assert dialogue.say("DELE 3", "DELE 1", "RSET").facts == (Unmarked((7, 12)),)
    assert dialogue.say("RSET").facts == ()
    assert dialogue.say("QUIT").facts == (Closed("client"),)


def test_reading_is_a_fact() -> None:
    dialogue = arrived(Phase.TRANSACTION)
    assert dialogue.say("RETR 2").facts == (MailsFetched("INBOX", (8,)),)
    assert dialogue.say("TOP 1 0").facts == (MailsFetched("INBOX", (7,)),)
    assert dialogue.say("LIST").facts == ()


def test_quit_with_something_behind_it_is_forgiven() -> None:
    dialogue = arrived(Phase.TRANSACTION)
    assert dialogue.faults("QUIT now") == [("argument-unexpected", 6)]
    assert dialogue.closed


def test_an_empty_maildrop() -> None:
    dialogue = Dialogue(Maildrop())
    assert dialogue.reply(*LOGIN, "STAT").lines == ("+OK 0 0",)
    assert dialogue.reply("LIST").lines == ("+OK 0 messages (0 octets)", ".")
    assert dialogue.reply("LIST 1").lines == ("-ERR No such message, the last one is 0",)


def test_too_many_mistakes_end_the_session() -> None:
    dialogue = Dialogue(service=Service("pop.example.net", errors=3))
    dialogue.say("DELE 1", "x", "y")
    step = dialogue.say("NOOP")
    assert step.reply.key == "too-many-errors"
    assert step.facts == (Closed("server"),)
    assert dialogue.reply("NOOP").key == "closed"


def test_a_line_without_an_end_ends_the_session_and_deletes_nothing() -> None:
    dialogue = arrived(Phase.TRANSACTION)
    dialogue.say("DELE 1")
    sent = dialogue.octets(b"x" * 70_000 + b"\r\n")
    assert sent == b"-ERR Line too long, closing connection\r\n-ERR The connection is closed\r\n"
    assert len(dialogue.drop.mails) == 3


def test_a_host_may_have_its_own_words() -> None:
    dialogue = Dialogue(service=Service("pop.example.net", {"stat": "{count} mails, {octets} octets"}))
    assert dialogue.reply(*LOGIN, "STAT").lines == (f"+OK 3 mails, {TOTAL} octets",)


@pytest.mark.parametrize(("end", "fault"), [(b"\n", ("bare-lf", 5)), (b"\r\r\n", ("bare-cr", 5))])
def test_odd_line_ends_are_forgiven(end: bytes, fault: tuple[str, int]) -> None:
    dialogue = arrived(Phase.TRANSACTION)
    assert dialogue.octets(b"NOOP" + end) == b"+OK Nothing done\r\n"
    assert [(found.key, found.column) for found in dialogue.step.faults] == [(f"pop3-{fault[0]}", fault[1])]
