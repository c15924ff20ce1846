"""A session becomes a transcript, and the transcript the same session."""

from __future__ import annotations

import pytest

from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Simulation, Turn, open_simulation
from smtpsim.session.timeline import Timeline
from smtpsim.shell.answer import Refused
from smtpsim.shell.shell import carry_out
from smtpsim.transcript import Client, Command, Content, Dialogue, Note, Server, formats, read, write
from smtpsim.transcript.comparison import play
from smtpsim.transcript.format import ONE_LANGUAGE, Format
from smtpsim.transcript.losses import kept
from smtpsim.transcript.notes import Notes
from smtpsim.transcript.recording import entries_of, recorded
from smtpsim.world.fault_action import STAGES
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World
from tests.shell.commands.orders import run

BEGIN = ("EHLO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>")

SESSIONS = (
    ("NOOP", "nonsense", "", "QUIT"),
    (*BEGIN, "DATA", "Subject: テスト", "", "..two dots", "... three", " .", "", ".", "QUIT"),
    (*BEGIN, "DATA", "\udc80 no utf-8", "# note: none", ":ip none", "250 none", "\x1b[2J", ".", "QUIT"),
    (*BEGIN, ":wait 1h", ":connect mx.hogefuga.com", "HELO a", ":ip 203.0.113.66"),
    (*BEGIN, "BDAT 9 LAST", "a", ".dot", "NOOP"),
    ("EHLO a", "AUTH LOGIN", "d2VibWFzdGVy", "*", "STARTTLS", "EHLO a"),
)


def session(*lines: str) -> list[Turn]:
    world = load_world(shipped())
    assert isinstance(world, World)
    timeline = Timeline(open_simulation(world))
    for line in lines:
        simulation = timeline.now.after
        if line.startswith(":") and simulation.connection.state.phase != "data":
            turn = run(simulation, line)
            assert isinstance(turn, Turn)
            timeline.add(turn)
        elif simulation.connection.state.wants_octets:
            for turn in simulation.feed(line.encode() + b"\r\n").turns:
                timeline.add(turn)
        else:
            timeline.add(simulation.say(line))
    return timeline.turns


def ordered(simulation: Simulation, command: Command) -> tuple[Turn, ...]:
    turns = carry_out(simulation, command.text)
    assert not isinstance(turns, Refused)
    return turns


@pytest.mark.parametrize("lines", SESSIONS)
def test_it_plays_again_to_the_same_end(lines: tuple[str, ...]) -> None:
    turns = session(*lines)
    found = read(write(recorded(turns, "again"), "text"))
    assert isinstance(found, Dialogue)
    assert found == recorded(turns, "again")
    again = [played.turn for played in play(found, turns[0], ordered)]
    assert [(turn.kind, turn.line, turn.reply) for turn in again] == [
        (turn.kind, turn.line, turn.reply) for turn in turns
    ]
    assert again[-1].after.world.mailboxes == turns[-1].after.world.mailboxes


@pytest.mark.parametrize("lines", SESSIONS)
def test_turn_by_turn_it_is_the_same_file(lines: tuple[str, ...]) -> None:
    first, *more = session(*lines)
    pieces = [write(recorded((first,)), "text"), *(write(Dialogue(entries_of(turn)), "text") for turn in more)]
    found = read(b"".join(pieces))
    assert found == recorded((first, *more))


LETTER = (
    "EHLO cgi.example.com",
    "MAIL FROM:<webmaster@example.com>",
    "RCPT TO:<test@hogefuga.com>",
    "DATA",
    "x",
    ".",
    "QUIT",
)


@pytest.mark.parametrize("form", [form for form in formats.every() if form.write], ids=lambda form: form.name)
@pytest.mark.parametrize("action", ["drop", "451", "421", "delay 5s"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_fault_at_any_stage_is_saved_and_read_in_any_format(stage: str, action: str, form: Format) -> None:
    turns = session(f":fault {stage} {action} next", ":connect smtp.example.com", *LETTER)
    saved = recorded(turns)
    found = read(write(saved, form.name), format=form.name)
    assert isinstance(found, Dialogue)
    assert [entry for entry in found.entries if not isinstance(entry, Note)] == [*kept(saved, form.keeps).entries]
    if form.keeps >= ONE_LANGUAGE:
        again = [played.turn for played in play(found, turns[0], ordered)]
        assert [(turn.line, turn.reply, phase(turn)) for turn in again] == [
            (turn.line, turn.reply, phase(turn)) for turn in turns
        ]


def test_a_connection_that_breaks_at_the_dot_ends_the_letter() -> None:
    turns = session(":fault dot drop next", *LETTER[:-1])
    assert entries_of(turns[-1]) == (Client("."),)
    assert phase(turns[-1]) is Phase.CLOSED


def test_a_dot_that_ends_nothing_is_a_line_of_the_letter() -> None:
    *_, within = session(*LETTER[:-2])
    assert isinstance(entries_of(within.after.feed(b".\n").turns[0])[0], Content)


def phase(turn: Turn) -> Phase:
    return turn.after.connection.state.phase


def test_who_connected_to_whom() -> None:
    dialogue = recorded(session("QUIT"), "The shortest")
    assert dialogue.directive("title") == "The shortest"
    assert dialogue.directive("client") == "192.0.2.10"
    assert dialogue.target == ("smtp.example.com", "smtp")


def test_what_each_kind_of_turn_adds() -> None:
    turns = session(*BEGIN[1:], *BEGIN, "DATA", "..x", ".")
    assert entries_of(turns[0])[0] == Server(220, ("Connected",))
    assert entries_of(turns[1])[0] == Client(BEGIN[1])
    assert entries_of(turns[-2]) == (Content(".x"),)
    assert entries_of(turns[-1])[0] == Client(".")


NOTED = """# note: before all
220 hi
# note: hello
# note.ja: やあ
> HELO a
250 hi
# after: one
# after: and the rest
# ask: what now?
# answer: this
> DATA
503 no
# note: last
# note.ja: 最後の
# note.ja: 1 行
"""


def test_notes_stay_with_their_turns() -> None:
    dialogue = read(NOTED.encode())
    assert isinstance(dialogue, Dialogue)
    played = tuple(play(dialogue, session()[0], ordered))
    notes = Notes(dialogue, played)
    greeting, hello, data = (one.turn for one in played)
    assert notes.texts(greeting, "en") == ("before all",)
    assert notes.over(hello, "en") == ("hello",)
    assert notes.under(hello, "en") == ("one and the rest", "what now?")
    assert notes.texts(hello, "ja") == ("やあ", "one and the rest", "what now?")
    assert notes.texts(data, "en") == ("this", "last")
    assert notes.texts(data, "ja") == ("this", "最後の 1 行")
    assert [notes.asks(turn) for turn in (greeting, hello, data)] == [False, True, False]
    assert notes.texts(session()[0], "en") == ()
    assert notes.behind(session()[0]) == ()
    again = recorded([one.turn for one in played], notes=notes)
    assert [entry for entry in again.entries if isinstance(entry, Note)] == [
        entry for entry in dialogue.entries if isinstance(entry, Note)
    ]


def test_notes_of_a_line_that_is_said_twice() -> None:
    dialogue = read(b"220 hi\n# note: once\n> NOOP\n# note: twice\n> NOOP\n")
    assert isinstance(dialogue, Dialogue)
    played = tuple(play(dialogue, session()[0], ordered))
    notes = Notes(dialogue, played)
    assert [notes.texts(one.turn, "en") for one in played] == [(), ("once",), ("twice",)]
