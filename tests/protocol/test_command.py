"""A command line: cut into verb and argument, and what is odd about it as a line (RFC 5321 2.4, 4.1.1)."""

from __future__ import annotations

import pytest

from smtpsim.kernel.fault import Fault
from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.command import read_command
from smtpsim.protocol.smtp.framing import Line
from smtpsim.protocol.smtp.service import Command
from smtpsim.protocol.smtp.state import Phase
from tests.protocol.dialogue import BARE, HELLO, Dialogue, arrived


@pytest.mark.parametrize(
    ("line", "verb", "argument", "start"),
    [
        ("NOOP", "NOOP", "", 4),
        ("noop", "NOOP", "", 4),
        ("nOoP x", "NOOP", "x", 5),
        ("  NOOP", "NOOP", "", 6),
        ("\tNOOP\t", "NOOP", "", 5),
        ("NOOP   ", "NOOP", "", 4),
        ("NOOP \t x  y ", "NOOP", "x  y", 7),
        ("NOOP\r", "NOOP", "", 4),
        ("NO OP", "NO", "OP", 3),
        ("MAIL FROM:<a@b>", "MAIL", "FROM:<a@b>", 5),
        ("MAIL FROM: <a@b>", "MAIL", "FROM: <a@b>", 5),
        ("テスト x", "テスト", "x", 4),
        ("NOOP\x0bx", "NOOP\x0bX", "", 6),
        ("NOOP\u00a0x", "NOOP\u00a0X", "", 6),
    ],
)
def test_a_command_is_cut_at_its_first_blank(line: str, verb: str, argument: str, start: int) -> None:
    assert read_command(line) == Command(verb, argument, start, line.rstrip(" \t\r"))


@pytest.mark.parametrize("line", ["", " ", "\t", "  \t ", "\r", " \r"])
def test_an_empty_line_is_no_command(line: str) -> None:
    found = read_command(line)
    assert isinstance(found, Fault)
    assert (found.key, found.column) == ("empty-line", 1)
    assert Dialogue().reply(line).code == 500


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        (Line(b"NOOP"), []),
        (Line(b"NOOP x\ty"), []),
        (Line(b"NOOP", b"\n"), [("bare-lf", 5)]),
        (Line("NOOP テスト".encode(), b"\n"), [("bare-lf", 9)]),
        (Line(b"NOOP\r"), [("bare-cr", 5)]),
        (Line("NOOP é\rx".encode()), [("bare-cr", 7)]),
        (Line(b"NOOP \x00"), [("control-octet", 6)]),
        (Line(b"NOOP \x00" + b"x" * 504), [("control-octet", 6)]),
        (Line("NOOP テ\x1b[A".encode()), [("control-octet", 7)]),
        (Line(b"NOOP \x7f"), [("control-octet", 6)]),
        (Line(b"NOOP \xff\xfe\x08"), [("control-octet", 8)]),
        (Line(b"NOOP " + b"x" * 505), []),
        (Line(b"NOOP " + b"x" * 506), [("line-too-long", 0)]),
        (Line(b"NOOP " + "é".encode() * 253), [("line-too-long", 0)]),
        (Line(b"NOOP \x01\r", b"\n"), [("control-octet", 6), ("bare-cr", 7), ("bare-lf", 8)]),
    ],
)
def test_what_is_odd_about_a_line_is_said_and_forgiven(line: Line, faults: list[tuple[str, int]]) -> None:
    step = Dialogue().take(line)
    assert [(fault.key, fault.column) for fault in step.faults] == faults
    assert step.reply is not None
    assert step.reply.key == "noop"


@pytest.mark.parametrize(
    ("line", "column"), [("FROB", 1), ("  FROB x", 3), ("\t\tデタ", 3), ("\u00a0NOOP", 1), ("helo: x", 1)]
)
def test_an_unknown_verb_is_pointed_at(line: str, column: int) -> None:
    dialogue = Dialogue()
    assert dialogue.faults(line) == [("unknown-verb", column)]
    assert line[column - 1 :].startswith(dialogue.step.faults[0].found)
    assert dialogue.code(line) == 500


@pytest.mark.parametrize(
    ("line", "column"),
    [("RSET x", 6), ("RSET  \t x", 9), ("  DATA now", 8), ("STARTTLS TLSv1.3", 10), ("DATA デ", 6)],
)
def test_verbs_that_stand_alone_take_no_argument(line: str, column: int) -> None:
    dialogue = arrived(Phase.RCPT)
    before = dialogue.state
    assert dialogue.faults(line) == [("argument-unexpected", column)]
    assert dialogue.step.reply is not None
    assert dialogue.step.reply.code == 501
    assert dialogue.state == before._replace(errors=1)


@pytest.mark.parametrize("line", ["NOOP", "NOOP with words", "HELP", "HELP MAIL"])
def test_words_behind_noop_and_help_are_not_read(line: str) -> None:
    assert Dialogue().reply(line).accepts


def test_quit_forgives_an_argument_and_says_so() -> None:
    dialogue = Dialogue()
    assert dialogue.faults("QUIT  please") == [("argument-unexpected", 7)]
    assert dialogue.state.phase is Phase.CLOSED


def test_help_lists_the_verbs_that_there_are() -> None:
    assert "BDAT STARTTLS AUTH" in Dialogue().reply("HELP").lines[0]
    assert Dialogue(BARE).reply("HELP").lines == ("Commands: HELO EHLO MAIL RCPT DATA RSET NOOP QUIT VRFY HELP",)


@pytest.mark.parametrize(
    ("line", "code", "faults"),
    [
        ("VRFY", 501, [("argument-missing", 5)]),
        ("VRFY ", 501, [("argument-missing", 5)]),
        ("VRFY ann", 252, []),
        ("VRFY <ann@example.net>", 252, []),
        ("VRFY ann@example.net", 252, []),
        ("VRFY <>", 501, [("null-forward-path", 6)]),
        ("VRFY ann  bob", 501, [("argument-unexpected", 11)]),
        ("VRFY <ann", 501, [("bracket-unclosed", 6)]),
        ("EXPN staff", 500, []),
        ("EXPN", 500, []),
    ],
)
def test_vrfy_and_expn(line: str, code: int, faults: list[tuple[str, int]]) -> None:
    dialogue = Dialogue()
    assert dialogue.code(line) == code
    assert [(fault.key, fault.column) for fault in dialogue.step.faults] == faults


@pytest.mark.parametrize(
    ("line", "key", "code"),
    [
        ("AUTH PLAIN", "auth-not-offered", 503),
        ("STARTTLS", "command-off", 503),
        ("BDAT 5 LAST", "command-off", 503),
        ("ETRN example.net", "unknown-command", 500),
    ],
)
def test_verbs_of_extensions_that_are_switched_off(line: str, key: str, code: int) -> None:
    dialogue = Dialogue(BARE)
    reply = dialogue.reply(*HELLO, line)
    assert (reply.key, reply.code) == (key, code)
    assert dialogue.state.wants_octets == 0


def test_a_line_beyond_all_limits_is_refused_once_and_its_rest_skipped() -> None:
    dialogue = Dialogue()
    line = b"NOOP " + b"x" * 200_000 + b"\r\n"
    steps = dialogue.feed(line)
    assert [step.reply.code for step in steps if step.reply] == [500]
    assert [(fault.key, fault.column) for step in steps for fault in step.faults] == [("line-too-long", 0)]
    assert dialogue.state.errors == 1
    assert dialogue.codes(b"NOOP\r\n") == [250]


def test_the_rest_of_a_long_line_is_no_command() -> None:
    dialogue = Dialogue()
    dialogue.take(Line(b"x" * 65_536, b""))
    assert dialogue.take(Line(b"QUIT")).reply is None
    assert dialogue.state.phase is Phase.START


def test_a_line_beyond_all_limits_ends_a_log_in() -> None:
    dialogue = arrived(Phase.AUTH)
    assert dialogue.codes(encoded("x" * 70_000) + b"\r\n") == [500]
    assert dialogue.state.phase is Phase.READY
    assert dialogue.state.exchange is None
