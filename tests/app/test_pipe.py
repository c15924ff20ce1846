"""Pipe mode: exactly the server's lines, as `nc` would show them."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree

import pytest

from smtpsim.app.pipe import serve
from smtpsim.explain import LANGUAGES, words
from smtpsim.session.simulation import Simulation
from tests.app.conftest import OneByteAtATime, Run

MISSION = """HELO cgi.example.com
MAIL FROM:webmaster@example.com
RCPT TO:test@hogefuga.com
DATA
From: webmaster@example.com
To: test@hogefuga.com
Subject: テストメール

テストメールの本文です。

.
QUIT
""".replace("\n", "\r\n").encode()

ANSWERS = (
    b"220 Connected\r\n250 Hello smtp.example.com\r\n250 okay\r\n250 okay\r\n"
    b'354 Start mail input, end with "."\r\n250 okay\r\n221 bye.\r\n'
)


@pytest.mark.parametrize("reader", [io.BytesIO, OneByteAtATime])
def test_the_mission_dialogue(run: Run, reader: type[io.BytesIO]) -> None:
    ran = run(source=reader(MISSION))
    assert (ran.status, ran.octets, ran.out, ran.err) == (0, ANSWERS, "", "")


def test_bare_line_feeds_do_as_well(run: Run) -> None:
    """A whole session with bare LF works, as with Exim; a mixture ends no letter."""
    assert run(source=MISSION.replace(b"\r\n", b"\n")).octets == ANSWERS
    smuggled = MISSION.replace(b"\r\n\r\n.\r\n", b"\r\n\n.\n")
    assert run(source=smuggled).octets == ANSWERS[: ANSWERS.index(b"250 okay\r\n221")]


def test_colon_lines_are_smtp(run: Run) -> None:
    ran = run(source=b":ip 203.0.113.66\r\nQUIT\r\n")
    assert ran.octets == b"220 Connected\r\n500 5.5.2 Command not recognized\r\n221 bye.\r\n"


def test_commands_are_asked_for(run: Run) -> None:
    source = b":connect mx.hogefuga.com\r\nHELO a\r\nQUIT\r\n:connect\r\nNOOP\r\n"
    lines = run("--commands", source=source).octets.split(b"\r\n")
    codes = [line[:3] for line in lines if line]
    assert codes == [b"220", b"220", b"250", b"221", b"220", b"250"]


@pytest.mark.parametrize(
    ("line", "key", "values"),
    [
        (":ip nonsense", "command.ip-syntax", {"found": "nonsense"}),
        (":wait", "command.wait-missing", {}),
        (":host nosuch.example", "command.host-unknown", {"found": "nosuch.example"}),
    ],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_wrong_command_is_told_and_the_session_goes_on(
    run: Run, line: str, key: str, values: dict[str, str], lang: str
) -> None:
    """In the command's own words."""
    ran = run("--commands", "--lang", lang, source=f"{line}\r\nNOOP\r\n".encode())
    assert ran.octets == b"220 Connected\r\n250 Ok\r\n"
    assert ran.err.startswith(f"{line}: {words(lang)(key, known='', **values)[:20]}")
    assert ran.err.count("\n") == 1


def test_a_wrong_command_reaches_no_terminal_raw(run: Run) -> None:
    err = run("--commands", source=b":\x1b[31m\xff\r\n").err
    assert err.removesuffix("\n").isprintable()
    assert "\N{SYMBOL FOR ESCAPE}[31m\\xff" in err


def test_a_colon_line_in_a_letter_is_content(run: Run) -> None:
    source = b"HELO a\r\nMAIL FROM:<>\r\nRCPT TO:<webmaster@example.com>\r\nDATA\r\n:ip x\r\n.\r\nQUIT\r\n"
    ran = run("--commands", source=source)
    assert ran.octets.count(b"\r\n") == 7
    assert (
        ran.err
        == ":ip x is text of the letter now. A line with only . ends the letter; then :ip x is for the simulator.\n"
    )


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_who_is_caught_in_a_letter_is_told_the_way_out_each_time(run: Run, lang: str) -> None:
    """The lines stay text; without --commands nobody is told, since the pipe is SMTP alone."""
    lines = (
        "HELO a",
        "MAIL FROM:<>",
        "RCPT TO:<webmaster@example.com>",
        "DATA",
        ":help",
        "．",
        ":undo",
        ":quit",
        ":quit",
    )
    source = "\r\n".join((*lines, "")).encode()
    say = words(lang)
    orders = [say("advice.order-in-letter-piped", meant=meant) for meant in ("help", "undo", "quit", "quit")]
    dot = say("advice.wide-dot-piped", found="．")
    told = [orders[0], dot, *orders[1:], say("advice.input-ended")]
    assert run("--commands", "--lang", lang, source=source).err.splitlines() == told
    assert run("--lang", lang, source=source).err == ""


def test_an_input_that_ends_elsewhere_is_not_said_to_end_in_a_letter(run: Run) -> None:
    assert run("--commands", source=b"HELO a\r\nMAIL FROM:<>\r\n").err == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_another_address_is_another_machine(run: Run, lang: str) -> None:
    """Nobody can forge an address over TCP, and :ip does not claim that."""
    ran = run("--commands", "--lang", lang, source=b":ip 203.0.113.66\r\n")
    assert ran.err == words(lang)("command.ip-done", client="203.0.113.66") + "\n"
    assert ran.octets == b"220 Connected\r\n"


def test_nothing_is_answered_behind_quit(run: Run) -> None:
    assert run(source=b"QUIT\r\nNOOP\r\n").octets.endswith(b"221 bye.\r\n")


def test_an_unfinished_line_is_no_command(run: Run) -> None:
    assert run(source=b"NOOP\r\nQUI").octets == b"220 Connected\r\n250 Ok\r\n"


def test_tls_is_not_played_on_a_pipe(run: Run) -> None:
    octets = run(source=b"EHLO a\r\nSTARTTLS\r\nQUIT\r\n").octets
    assert b"STARTTLS\r\n" not in octets
    assert b"\r\n503 " in octets


def test_pipelined_commands_behind_a_letter(run: Run) -> None:
    source = b"EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:<webmaster@example.com>\r\nDATA\r\nx\r\n.\r\nNOOP\r\nQUIT\r\n"
    codes = [line[:3] for line in run(source=source).octets.split(b"\r\n") if line[3:4] == b" "]
    assert codes == [b"220", b"250", b"250", b"250", b"354", b"250", b"250", b"221"]


class Gone(io.BytesIO):
    """A peer that has gone away, as a pipe or a socket tells of it."""

    def __init__(self, how: type[ConnectionError]) -> None:
        super().__init__()
        self.how = how

    def flush(self) -> None:
        raise self.how

    def read1(self, size: int | None = -1, /) -> bytes:
        raise self.how


@pytest.mark.parametrize("how", [BrokenPipeError, ConnectionResetError, ConnectionAbortedError])
def test_a_peer_that_went_away_ends_the_session_quietly(how: type[ConnectionError]) -> None:
    first = Simulation.start()
    assert serve(first, io.BytesIO(b"NOOP\r\n" * 10), Gone(how)).number == 0
    assert serve(first, Gone(how), io.BytesIO()).number == 0


LETTER = b"DATA\r\nFrom: webmaster@example.com\r\nSubject: x\r\n\r\nx\r\n.\r\n"


def document(run: Run, recipient: str, order: str) -> bytes:
    """What the pipe writes for an order, after one letter: all that does not begin with a reply code."""
    begin = f"HELO cgi.example.com\r\nMAIL FROM:<webmaster@example.com>\r\nRCPT TO:<{recipient}>\r\n".encode()
    octets = run("--commands", source=begin + LETTER + order.encode() + b"\r\n").octets
    return octets.rpartition(b"250 okay\r\n")[2]


def test_a_report_is_written_as_it_is(run: Run) -> None:
    """Programs read it: nothing is indented, and no line is broken."""
    written = document(run, "yuki@bigmail.example", ":dmarc example.com xml")
    assert ElementTree.fromstring(written).findtext("report_metadata/org_name") == "mx.bigmail.example"
    told = json.loads(document(run, "reception@clinic.example", ":tlsrpt clinic.example json"))
    assert told["organization-name"] == "smtp.example.com"
