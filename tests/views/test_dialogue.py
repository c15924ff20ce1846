"""The dialogue as lines, and the log that follows a timeline."""

from __future__ import annotations

from smtpsim.explain import words
from smtpsim.session.simulation import Turn
from smtpsim.views.dialogue import Line, Log, Speaker, lines_of
from smtpsim.views.row import Mark
from tests.shell.commands.orders import run
from tests.views.conftest import Said

LETTER = ("HELO cgi.example.com", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA")


def lines(turn: Turn) -> tuple[Line, ...]:
    return lines_of(turn, words("en"))


def all_lines(log: Log) -> list[Line]:
    return [log[number] for number in range(len(log))]


def test_the_greeting_has_no_input(said: Said) -> None:
    assert lines(said().now) == (Line(Speaker.SERVER, "220 Connected", 0, Mark.GOOD),)


def test_a_command_and_its_reply(said: Said) -> None:
    typed, reply = lines(said("HELO cgi.example.com").now)
    assert typed == Line(Speaker.CLIENT, "HELO cgi.example.com", 1)
    assert reply == Line(Speaker.SERVER, "250 Hello smtp.example.com", None, Mark.GOOD)


def test_every_line_of_a_long_reply(said: Said) -> None:
    _, *reply = lines(said("EHLO cgi.example.com").now)
    assert reply[0].text.startswith("250-")
    assert reply[-1].text == "250 HELP"
    assert {line.turn for line in reply} == {None}


def test_the_letter_speaks_in_its_own_way_and_its_dot_does_not(said: Said) -> None:
    timeline = said(*LETTER, "Subject: x", ".")
    assert [line.speaker for line in lines(timeline.turn(5))] == [Speaker.LETTER]
    assert [line.speaker for line in lines(timeline.turn(6))] == [Speaker.CLIENT, Speaker.SERVER]


def test_refusals_are_marked(said: Said) -> None:
    assert lines(said("RCPT TO:<x@y>").now)[1].mark is Mark.BAD


def test_the_server_hanging_up_is_told(said: Said) -> None:
    assert lines(said("QUIT").now)[-1] == Line(Speaker.NOTE, "Connection closed.")


def test_a_fault_points_at_its_column_in_the_safe_text(said: Said) -> None:
    assert lines(said("HELO a", "MAIL FROM:a@b").now)[0].columns == (11,)
    timeline = said("HELO a", "MAIL FROM:<a@b> \udc80=1 X")
    typed = lines(timeline.now)[0]
    assert "\\x80" in typed.text
    assert typed.columns
    assert all(column <= len(typed.text) for column in typed.columns)


def test_a_chunk_shows_its_lines(said: Said) -> None:
    timeline = said("EHLO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "BDAT 6")
    for turn in timeline.now.after.feed(b"ab\r\nc\n").turns:
        timeline.add(turn)
    assert [line.text for line in lines(timeline.now)][:2] == ["ab", "c\N{SYMBOL FOR LINE FEED}"]


def test_an_order_shows_its_line_and_the_new_greeting(said: Said) -> None:
    turn = run(said().now.after, ":connect mx.hogefuga.com")
    assert isinstance(turn, Turn)
    typed, reply = lines(turn)
    assert typed == Line(Speaker.SIMULATOR, ":connect mx.hogefuga.com", 1)
    assert reply.text.startswith("220 mx.hogefuga.com")


def test_the_log_follows_forth_and_back(said: Said) -> None:
    timeline = said("HELO a", "NOOP", "RSET")
    log = Log(words("en"))
    log.follow(timeline)
    whole = all_lines(log)
    timeline.goto(1)
    log.follow(timeline)
    assert all_lines(log) == whole[:3]
    timeline.goto(3)
    log.follow(timeline)
    assert all_lines(log) == whole


def test_the_log_drops_what_was_replaced(said: Said) -> None:
    timeline = said("HELO a", "NOOP", "RSET")
    log = Log(words("en"))
    log.follow(timeline)
    timeline.goto(1)
    for line in ("VRFY x", "HELP", "NOOP"):
        timeline.add(timeline.now.after.say(line))
    log.follow(timeline)
    fresh = Log(words("en"))
    fresh.follow(timeline)
    assert all_lines(log) == all_lines(fresh)
    assert "VRFY x" in [line.text for line in all_lines(log)]


def test_a_turn_that_is_in_the_log_is_not_looked_at_again(said: Said) -> None:
    timeline = said(*["NOOP"] * 50)
    log = Log(words("en"))
    log.follow(timeline)
    first = log[0]
    timeline.add(timeline.now.after.say("NOOP"))
    log.follow(timeline)
    assert log[0] is first
    assert len(log) == 103


def test_what_ehlo_listed_is_one_line_once_something_else_was_said(said: Said) -> None:
    timeline = said("EHLO a", "NOOP")
    log = Log(words("en"))
    timeline.goto(1)
    log.follow(timeline)
    whole = all_lines(log)
    assert whole[-1].text == "250 HELP"
    timeline.goto(2)
    log.follow(timeline)
    folded = [line.text for line in all_lines(log)]
    assert folded[1:3] == ["EHLO a", f"{whole[2].text}  (and {len(whole) - 3} lines)"]
    assert folded[3] == "NOOP"
    timeline.goto(1)
    log.follow(timeline)
    assert all_lines(log) == whole


def test_a_refusal_and_a_short_answer_are_not_folded(said: Said) -> None:
    timeline = said("HELO a", "EHLO", "NOOP")
    log = Log(words("en"))
    log.follow(timeline)
    assert [line.text for line in all_lines(log)][2] == "250 Hello smtp.example.com"
    assert sum(len(lines(turn)) for turn in timeline.turns) == len(log)
