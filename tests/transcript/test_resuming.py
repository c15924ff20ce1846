"""Recordings that wait: a server that hears nothing hangs up, and who waited connects again."""

from __future__ import annotations

import pytest

from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.shell.answer import Refused
from smtpsim.shell.shell import carry_out
from smtpsim.transcript import Dialogue, read, write
from smtpsim.transcript.as_recorded import play_as_recorded
from smtpsim.transcript.client import Played
from smtpsim.transcript.comparison import Compared, compare
from smtpsim.transcript.dialogue import Command
from smtpsim.transcript.recording import entries_of, recorded
from smtpsim.world.load import shipped_world

HELLO = """$ telnet mx.patient.example smtp
220 mx.patient.example ESMTP smtpsim
> HELO cgi.example.com
250 mx.patient.example
> MAIL FROM:<newsletter@example.com>
250 Sender ok
> RCPT TO:<mio@patient.example>
450 Greylisted
"""
AGAIN = [":connect", "HELO cgi.example.com", "MAIL FROM:<newsletter@example.com>"]
RCPT = "> RCPT TO:<mio@patient.example>\n250 Recipient ok\n"
LETTER = "> DATA\n354 go\n> Subject: hi\n>\n> Hello.\n> .\n250 taken\n"
ENDED = "421 4.4.2 mx.patient.example Error: timeout exceeded\n"


def ordered(simulation: Simulation, command: Command) -> tuple[Turn, ...]:
    done = carry_out(simulation, command.text)
    assert not isinstance(done, Refused)
    return done


def dialogue_of(text: str) -> Dialogue:
    dialogue = read(text.encode(), name="a.txt")
    assert isinstance(dialogue, Dialogue)
    return dialogue


def opened(dialogue: Dialogue) -> Turn:
    world = shipped_world()
    assert dialogue.target
    return open_simulation(world, world.hosts[dialogue.target.host])


def played(text: str) -> tuple[list[Turn], list[Compared]]:
    dialogue = dialogue_of(text)
    found = list(compare(dialogue, opened(dialogue), ordered))
    return [one.turn for one in found if isinstance(one, Played)], [one for one in found if isinstance(one, Compared)]


def lines_after_the_wait(turns: list[Turn]) -> list[str]:
    waits = [place for place, turn in enumerate(turns) if turn.command == "wait"]
    return [turn.line for turn in turns[waits[-1] + 1 :]]


def test_a_recording_that_waits_connects_again_by_itself() -> None:
    turns, compared = played(HELLO + ":wait 5m\n" + RCPT)
    assert lines_after_the_wait(turns) == [*AGAIN, "RCPT TO:<mio@patient.example>"]
    assert [one.same for one in compared] == [True] * 5
    assert turns[-1].after.connection.state.phase == "rcpt"


def test_waits_add_up() -> None:
    turns, compared = played(HELLO + ":wait 3m\n:wait 2m\n" + RCPT)
    assert lines_after_the_wait(turns)[:3] == AGAIN
    assert all(one.same for one in compared)


def test_nothing_of_a_mail_that_is_over_is_said_again() -> None:
    turns, compared = played(HELLO + ":wait 5m\n" + RCPT + LETTER + ":wait 5m\n> NOOP\n250 ok\n")
    assert lines_after_the_wait(turns) == [":connect", "HELO cgi.example.com", "NOOP"]
    assert all(one.same for one in compared)
    assert len([turn for turn in turns if turn.fates]) == 1 + 1  # the 450, and the one letter


def test_a_letter_under_way_is_begun_again() -> None:
    begun = "> DATA\n354 go\n> Subject: slow\n>\n"
    turns, compared = played(HELLO + ":wait 5m\n" + RCPT + begun + ":wait 1h\n> Hello.\n> .\n250 taken\n")
    assert lines_after_the_wait(turns)[-4:] == ["Subject: slow", "", "Hello.", "."]
    assert all(one.same for one in compared)
    delivered = turns[-1].after.world.mailboxes["mio@patient.example"]
    assert delivered.length == 1


@pytest.mark.parametrize(
    ("after", "lines"),
    [
        (":wait 5m\n" + ENDED + ":connect\n220 ready\n> HELO x.example\n250 hi\n", [":connect", "HELO x.example"]),
        (":wait 5m\n:connect\n220 ready\n> HELO x.example\n250 hi\n", [":connect", "HELO x.example"]),
        (":wait 5m\n", []),
    ],
)
def test_what_the_recording_shows_is_not_done_for_it(after: str, lines: list[str]) -> None:
    turns, compared = played(HELLO + after)
    assert lines_after_the_wait(turns) == lines
    assert all(one.same for one in compared)


def test_who_says_quit_first_is_not_hung_up_on() -> None:
    _, compared = played(HELLO + "> QUIT\n221 bye\n:wait 5m\n" + ENDED)
    assert [one.same for one in compared] == [True] * 5 + [False]


def test_time_passes_in_a_recording_that_does_not_show_it() -> None:
    turns, compared = played(HELLO + "421 Too slow\n")
    assert turns[-1].after.over
    assert all(one.same for one in compared)


def test_a_session_that_timed_out_is_recorded_as_it_was() -> None:
    turns, _ = played(HELLO + ":wait 5m\n" + RCPT)
    written = write(recorded(turns), "text").decode()
    again, compared = played(written)
    assert [entries_of(turn) for turn in again] == [entries_of(turn) for turn in turns]
    assert all(one.same for one in compared)
    assert ":wait 5m\n421 4.4.2" in written


POP3 = """$ telnet pop.hogefuga.com 110
< +OK ready
> USER test@hogefuga.com
< +OK
> PASS example
< +OK
:wait 10m
> STAT
< +OK 0 0
"""
IMAP = """$ telnet imap.hogefuga.com 143
< * OK ready
> a LOGIN test@hogefuga.com example
< a OK
> b SELECT INBOX
< b OK
> c IDLE
< + idling
:wait 30m
> DONE
< c OK
"""


@pytest.mark.parametrize(
    ("text", "again"),
    [
        (POP3, ["USER test@hogefuga.com", "PASS example"]),
        (IMAP, ["a LOGIN test@hogefuga.com example", "b SELECT INBOX", "c IDLE"]),
    ],
)
def test_who_picks_up_mail_logs_in_again(text: str, again: list[str]) -> None:
    turns, compared = played(text)
    assert lines_after_the_wait(turns)[:-1] == [":connect", *again]
    assert all(one.same for one in compared)


def test_as_recorded_the_recording_alone_tells_whether_the_server_hung_up() -> None:
    for text, over in ((HELLO + ":wait 5m\n" + RCPT, False), (HELLO + ":wait 5m\n" + ENDED, True)):
        dialogue = dialogue_of(text)
        turns = [one.turn for one in play_as_recorded(dialogue, opened(dialogue), ordered)]
        assert turns[-1].after.over is over
        assert turns[-1].reply is not None
        assert turns[-1].reply.code == (421 if over else 250)
