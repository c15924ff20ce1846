"""With the file's replies as the truth: state, panel and outcomes follow the recorded codes, whatever they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.explain import LANGUAGES, words
from smtpsim.render.json import outcomes, turn_line
from smtpsim.render.rows import plain
from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.shell.answer import Refused
from smtpsim.shell.shell import carry_out
from smtpsim.transcript import Client, Command, Content, Dialogue, Entry, Server, read
from smtpsim.transcript.as_recorded import play_as_recorded
from smtpsim.transcript.recording import recorded
from smtpsim.transcript.shipped import find, names
from smtpsim.views.dialogue import lines_of
from smtpsim.views.explanation import explanation
from smtpsim.views.panel import changed_panel
from smtpsim.world.load import shipped_world

START = "220 mx.hogefuga.com ESMTP\n> EHLO a.example\n250 hello\n"
MAIL = START + "> MAIL FROM:<a@a.example>\n250 ok\n"
RCPT = MAIL + "> RCPT TO:<test@hogefuga.com>\n250 ok\n"
DATA = RCPT + "> DATA\n354 go\n> Subject: x\n>\n> hi\n"


def ordered(simulation: Simulation, command: Command) -> tuple[Turn, ...]:
    done = carry_out(simulation, command.text)
    return () if isinstance(done, Refused) else done


def played(dialogue: Dialogue, host: str = "mx.hogefuga.com", client: str = "192.0.2.10") -> list[Turn]:
    world = shipped_world()
    first = open_simulation(world, world.hosts[host], client)
    return [one.turn for one in play_as_recorded(dialogue, first, ordered)]


def turns(text: str, host: str = "mx.hogefuga.com") -> list[Turn]:
    dialogue = read(text.encode(), name="a.txt", format="text")
    assert isinstance(dialogue, Dialogue)
    return played(dialogue, host)


def fates(found: list[Turn]) -> list[tuple[str, str]]:
    return [(outcome.recipient, outcome.status) for outcome in outcomes(found[-1].after)]


def recipients(found: list[Turn]) -> list[tuple[str, int]]:
    """The recipients that the panel's envelope names, and the code that refused each (0 for none)."""
    return [(one.address, one.refusal.code if one.refusal else 0) for one in found[-1].after.transaction.recipients]


PHASES = {
    "a greeting that turns away": ("554 no\n", "turned-away"),
    "a greeting that hangs up": ("421 busy\n", "closed"),
    "no greeting": ("> EHLO a.example\n250 hello\n", "ready"),
    "HELO refused": ("220 hi\n> HELO a.example\n550 no\n", "start"),
    "HELO that we refuse": ("220 hi\n> HELO a b c\n250 ok\n", "ready"),
    "MAIL before HELO": ("220 hi\n> MAIL FROM:<a@a.example>\n250 ok\n", "mail"),
    "MAIL refused": (START + "> MAIL FROM:<a@a.example>\n550 no\n", "ready"),
    "MAIL that we refuse": (START + "> MAIL FROM: Ann Bee <a@a.example> FOO=1\n250 ok\n", "mail"),
    "MAIL with a code that does not fit": (START + "> MAIL FROM:<a@a.example>\n354 what\n", "ready"),
    "RCPT taken": (RCPT, "rcpt"),
    "RCPT that we refuse": (MAIL + "> RCPT TO:<nosuch@hogefuga.com>\n250 ok\n", "rcpt"),
    "RCPT refused": (MAIL + "> RCPT TO:<test@hogefuga.com>\n550 no\n", "mail"),
    "RCPT without MAIL": (START + "> RCPT TO:<test@hogefuga.com>\n250 ok\n", "rcpt"),
    "DATA goes": (RCPT + "> DATA\n354 go\n", "data"),
    "DATA refused": (RCPT + "> DATA\n451 not now\n", "rcpt"),
    "DATA done at once": (RCPT + "> DATA\n250 ok\n", "rcpt"),
    "DATA without a recipient": (MAIL + "> DATA\n354 go\n", "data"),
    "RSET refused": (RCPT + "> RSET\n500 no\n", "rcpt"),
    "RSET with an argument": (RCPT + "> RSET x\n250 ok\n", "ready"),
    "QUIT refused": (START + "> QUIT\n500 no\n", "ready"),
    "QUIT": (START + "> QUIT\n221 bye\n", "closed"),
    "STARTTLS refused": (START + "> STARTTLS\n454 no\n", "ready"),
    "STARTTLS": (START + "> STARTTLS\n220 go\n", "start"),
    "an unknown command": (START + "> XCLIENT NAME=x\n220 ok\n", "ready"),
    "hung up in the middle": (RCPT + "> NOOP\n421 bye\n", "closed"),
    "the server hangs up unasked": (RCPT + "421 timeout\n", "closed"),
    "a login goes on": (START + "> AUTH LOGIN\n334 VXNlcm5hbWU6\n", "auth"),
    "a login by a mechanism that we lack": (START + "> AUTH XOAUTH2 eA==\n334 eA==\n>\n535 no\n", "ready"),
    "an end without a reply": (DATA + "> .\n", "ready"),
    "a command without a reply": (RCPT + "> QUIT\n", "rcpt"),
    "a chunk": (RCPT + "> BDAT 4\n> hi\n250 ok\n", "chunks"),
    "a chunk refused": (RCPT + "> BDAT 4\n> hi\n552 no\n", "ready"),
    "a chunk that is not shown": (RCPT + "> BDAT 4 LAST\n250 ok\n> NOOP\n250 ok\n", "ready"),
    "a chunk that nobody answered": (RCPT + ">! BDAT 400\n>| hi\n>! QUIT\n221 bye\n", "closed"),
}


@pytest.mark.parametrize(("text", "phase"), PHASES.values(), ids=PHASES)
def test_the_state_follows_the_recorded_code(text: str, phase: str) -> None:
    assert turns(text)[-1].after.connection.state.phase == phase


def test_what_is_said_is_what_was_recorded() -> None:
    found = turns(MAIL + "> RCPT TO:<test@hogefuga.com>\n550-5.7.1 {address} is\n550 5.7.1 not wanted\n")
    reply = found[-1].reply
    assert reply is not None
    assert (reply.code, reply.enhanced) == (550, "5.7.1")
    assert reply.lines == ("5.7.1 {address} is", "5.7.1 not wanted")
    assert [turn.reply.lines for turn in turns(START) if turn.reply] == [("mx.hogefuga.com ESMTP",), ("hello",)]


def test_a_recorded_refusal_refuses_the_recipient() -> None:
    found = turns(MAIL + "> RCPT TO:<test@hogefuga.com>\n550 no\n> RCPT TO:<alice@hogefuga.com>\n250 ok\n")
    assert recipients(found) == [("test@hogefuga.com", 550), ("alice@hogefuga.com", 0)]
    assert fates(found) == [("test@hogefuga.com", "rejected")]


def test_an_address_that_we_cannot_read_is_refused_by_name() -> None:
    found = turns(MAIL + "> RCPT TO:<a@b@c.example>\n553 no\n> RCPT TO: x y z\n501 syntax\n")
    assert recipients(found) == [("a@b@c.example", 553)]


def test_a_recorded_acceptance_that_we_would_refuse_stays_accepted() -> None:
    """What the recorded server did with the letter afterwards is not known."""
    text = DATA.replace("> DATA\n", "> RCPT TO:<nosuch@hogefuga.com>\n250 ok\n> DATA\n") + "> .\n250 taken\n"
    found = turns(text)
    assert recipients(found) == [("test@hogefuga.com", 0), ("nosuch@hogefuga.com", 0)]
    assert fates(found) == [("test@hogefuga.com", "delivered"), ("nosuch@hogefuga.com", "accepted")]


def test_a_letter_refused_at_its_end() -> None:
    found = turns(DATA + "> .\n554 5.7.1 spam\n")
    assert fates(found) == [("test@hogefuga.com", "rejected")]
    assert found[-1].after.transaction.stage == "refused"


@pytest.mark.parametrize(
    "text", [DATA + "250 taken\n", DATA + "> .\n250 taken\n", RCPT + "> DATA\n354 go\n250 taken\n"]
)
def test_a_letter_ends_also_where_the_file_does_not_show_it(text: str) -> None:
    assert fates(turns(text)) == [("test@hogefuga.com", "delivered")]


def test_who_logged_in_as_far_as_the_recording_tells() -> None:
    auth = "235 ok\n"
    plain = turns(START + "> AUTH PLAIN AGFubgBzZWNyZXQ=\n" + auth)
    asked = turns(START + "> AUTH LOGIN\n334 x\n> YW5u\n334 x\n> c2VjcmV0\n" + auth)
    masked = turns(START + "> AUTH PLAIN ****\n" + auth)
    assert [found[-1].after.connection.state.user for found in (plain, asked, masked)] == ["ann", "ann", "(PLAIN)"]


def test_pipelined_replies_come_in_order() -> None:
    text = START + (
        "> MAIL FROM:<a@a.example>\n> RCPT TO:<test@hogefuga.com>\n> RCPT TO:<bob@hogefuga.com>\n> DATA\n"
        "250 ok\n550 no\n250 ok\n354 go\n> hi\n> .\n250 taken\n"
    )
    assert recipients(turns(text)) == [("test@hogefuga.com", 550), ("bob@hogefuga.com", 0)]


def test_a_mail_program_gets_the_recorded_replies() -> None:
    order = ":compose from=webmaster@example.com to=test@hogefuga.com\n"
    text = f"220 hi\n{order}250 hello\n250 ok\n550 no such user\n250 reset\n> QUIT\n221 bye\n"
    found = turns(text, "smtp.example.com")
    assert recipients(found) == [("test@hogefuga.com", 550)]
    assert found[-1].after.over


@pytest.mark.parametrize("name", names())
def test_shipped_transcripts_come_to_the_same_either_way(name: str) -> None:
    dialogue = read(Path(find(name)).read_bytes(), name=name, format="text")
    assert isinstance(dialogue, Dialogue)
    host = dialogue.target.host if dialogue.target else "smtp.example.com"
    replies = [entry for entry in dialogue.entries if isinstance(entry, Server)]
    found = played(dialogue, host, dialogue.directive("client"))
    assert [turn.reply.lines for turn in found if turn.reply] == [reply.lines for reply in replies]


TYPED = """
EHLO a.example|HELO|MAIL FROM:<a@b.example>|MAIL FROM:<>|MAIL FROM: x|RCPT TO:<test@hogefuga.com>|RCPT TO:<x>|RCPT TO:|
DATA|.|BDAT 3|BDAT 5 LAST|BDAT 0 LAST|BDAT|RSET|NOOP|QUIT|QUIT now|STARTTLS|AUTH PLAIN|AUTH LOGIN|AUTH CRAM-MD5|
AUTH X eA==|eA==|*|VRFY a|EXPN b|HELP|XYZ||\x00|\x1b[31m|é
"""
LINES = st.sampled_from(TYPED.replace("\n", "").split("|"))
CODES = st.sampled_from(
    [0, 100, 220, 221, 235, 250, 251, 252, 334, 354, 421, 450, 451, 452, 500, 503, 521, 535, 550, 999]
)
ENTRIES = st.one_of(
    LINES.map(Client),
    LINES.map(Content),
    st.builds(lambda code, text: Server(code, (text,)), CODES, st.sampled_from(["ok", "2.1.0 {x}", ""])),
    st.sampled_from([":connect", ":wait 1h", ":connect pop.hogefuga.com:110", ":connect imap.hogefuga.com:143"]).map(
        Command
    ),
)


def shown(found: list[Turn]) -> Iterator[str]:
    """All that a person or a program gets to see of the turns."""
    before = None
    for turn in found:
        for lang in LANGUAGES:
            yield explanation(turn, before, words(lang)).why.value
            yield plain(changed_panel(turn, before, words(lang)), 80)
            yield from (line.text for line in lines_of(turn, words(lang)))
        yield turn_line(turn)
        before = turn


@settings(max_examples=150, deadline=None)
@given(st.lists(ENTRIES, max_size=25))
def test_no_recording_breaks_it(entries: list[Entry]) -> None:
    found = played(Dialogue(tuple(entries)))
    assert not any("\x1b" in text for text in shown(found))
    assert recorded(found).entries is not None
    codes = [turn.reply.code for turn in found if turn.reply and not turn.after.access]
    assert set(codes) <= {entry.code for entry in entries if isinstance(entry, Server)}
