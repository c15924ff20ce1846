"""What the wall tells of pupils, and what the teacher does for all."""

from __future__ import annotations

import json

import pytest
from prompt_toolkit.output import DummyOutput

from smtpsim.app.classroom.classroom import Classroom
from smtpsim.app.classroom.pupil import STUCK_SECONDS, STUCK_TIMES
from smtpsim.app.classroom.wall import board, pupil_view, wall
from smtpsim.app.classroom.wall_routes import do
from smtpsim.app.classroom.wall_screen import WallScreen
from smtpsim.app.tui.actions import send
from smtpsim.explain import words
from smtpsim.goals import shipped
from smtpsim.kernel.failure import Failure
from smtpsim.shell.opening import Choice
from tests.app.classroom.conftest import Admit, Seconds

MAIL = ("HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>")


def test_a_row_tells_where_somebody_is(admit: Admit, seconds: Seconds) -> None:
    ann = admit("Ann")
    seconds.now = 4.0
    ann.touched()
    send(ann.state, MAIL)
    seconds.now = 6.0
    row = ann.row()
    assert (row.step, row.steps, row.idle) == (1, 2, 2.0)
    assert (row.phase, row.sender, row.recipients) == ("rcpt", "webmaster@example.com", 1)
    assert row.reply.startswith("250")
    assert (row.mistake, row.times, row.stuck) == ("", 0, False)


def test_hints_are_counted(admit: Admit) -> None:
    ann = admit("Ann")
    assert ann.row().hints == 0
    send(ann.state, (":lesson hint", ":lesson hint"))
    assert ann.row().hints == 2


def test_the_same_mistake_three_times_is_being_stuck(admit: Admit) -> None:
    ann = admit("Ann")
    for number in range(STUCK_TIMES):
        assert not ann.row().stuck
        send(ann.state, ("HELLO a",))
        assert ann.row().times == number + 1
    assert ann.row().stuck
    send(ann.state, ("DATA",))
    assert ann.row().times == 1
    send(ann.state, ("NOOP",))
    assert (ann.row().times, ann.row().stuck) == (0, False)


def test_a_mistake_that_is_undone_and_made_again_counts_again(admit: Admit) -> None:
    ann = admit("Ann")
    send(ann.state, ("HELLO a",))
    ann.look()
    send(ann.state, (":undo",))
    ann.look()
    send(ann.state, ("HELLO a",))
    ann.look()
    assert ann.times == 2


def test_orders_that_are_refused_are_seen(classroom: Classroom, admit: Admit) -> None:
    ann = admit("Ann")
    before = ann.state.simulation.world.now
    send(ann.state, (":wait 100y",) * STUCK_TIMES)
    row = ann.row()
    assert (row.mistake, row.times, row.stuck) == ("order.:wait", STUCK_TIMES, True)
    assert ":wait" in classroom.mistake_told(row.mistake)
    assert ann.state.simulation.world.now == before
    send(ann.state, (":\x1b[31m" + "x" * 500,))
    told = classroom.mistake_told(ann.row().mistake)
    assert len(told) < 60
    assert "\x1b" not in told


def test_centuries_of_waiting_end_no_session(admit: Admit) -> None:
    """Beyond the year 9999 too, where calendars end."""
    ann = admit("Ann")
    world = ann.state.simulation.world
    late = ann.state.simulation._replace(world=world._replace(now=253_402_300_000))
    ann.state.timeline.add(ann.state.now._replace(after=late))
    mail = ("EHLO a", *MAIL[1:], "DATA", "Subject: x", "", "x", ".")
    send(ann.state, (":wait 366d", ":connect smtp.example.com", *mail, ":queue", ":inbox test@hogefuga.com"))
    assert ann.row().outcome.startswith("test@hogefuga.com: lies in the mailbox")


def test_idle_is_stuck_unless_the_task_is_done(admit: Admit, seconds: Seconds) -> None:
    ann, bob = admit("Ann"), admit("Bob")
    send(bob.state, ("HELO a.example", "QUIT"))
    seconds.now = STUCK_SECONDS
    assert (ann.row().stuck, bob.row().stuck) == (True, False)


def test_who_is_stuck_or_has_a_hand_up_stands_first(classroom: Classroom, admit: Admit) -> None:
    ann, bob, eve = admit("Ann"), admit("Bob"), admit("Eve")
    send(bob.state, ("HELLO a",) * STUCK_TIMES)
    eve.hand = True
    assert [row.alias for row in classroom.rows()] == ["Ann", "Bob", "Eve"]
    assert [row.alias for row in classroom.rows(stuck_first=True)] == ["Eve", "Bob", "Ann"]
    assert ann.row().step == 0


def test_the_share_of_the_class(classroom: Classroom, admit: Admit, seconds: Seconds) -> None:
    ann, bob, _ = admit("Ann"), admit("Bob"), admit("Eve")
    seconds.now = 10.0
    send(ann.state, ("HELO a.example", "QUIT"))
    send(bob.state, ("HELO a", "HELLO a"))
    share = classroom.share()
    assert (share.pupils, share.steps, share.seconds) == (3, (2, 1), (10.0, 10.0))
    assert (share.mistake, share.makers) == ("fault.unknown-verb", 1)


def test_the_board_names_nobody_and_the_wall_shows_no_letter(classroom: Classroom, admit: Admit) -> None:
    ann = admit("Ann")
    send(ann.state, (*MAIL, "DATA", "Subject: secret subject", "", "secret text"))
    assert "Ann" not in json.dumps(board(classroom))
    shown = json.dumps(wall(classroom))
    assert "Ann" in shown
    assert "secret" not in shown
    assert "secret text" in json.dumps(pupil_view(ann))


def test_no_password_is_on_the_wall_or_in_an_opened_session(classroom: Classroom, admit: Admit) -> None:
    ann = admit("Ann")
    send(ann.state, ("EHLO a", "AUTH PLAIN AGFubgBzZWNyZXQ=", "AUTH LOGIN", "c2VjcmV0", "c2VjcmV0"))
    assert all("c2VjcmV0" not in json.dumps(shown) for shown in (wall(classroom), pupil_view(ann)))
    assert "AGFubgBzZWNyZXQ=" not in json.dumps(pupil_view(ann))


def test_what_a_pupil_types_reaches_no_terminal_raw(classroom: Classroom, admit: Admit) -> None:
    ann = admit("Ann")
    send(ann.state, ("HELO \x1b]52;c;eA==\x07", "MAIL FROM:<\x1b[31m@example.com>"))
    for shown in (wall(classroom), pupil_view(ann)):
        assert "\\u001b" not in json.dumps(shown)


def test_a_word_freezing_and_another_task(classroom: Classroom, admit: Admit) -> None:
    ann, bob = admit("Ann"), admit("Bob")
    told: list[str] = []
    classroom.changed.append(lambda pupil: told.append(pupil.alias))
    assert classroom.say("Bob", "look at the colon")
    assert not classroom.say("nobody", "x")
    assert bob.state.message is not None
    assert "look at the colon" in bob.state.message.value
    assert told == ["Bob"]
    classroom.freeze(True)
    assert ann.state.message is not None
    assert told == ["Bob", "Ann", "Bob"]
    send(ann.state, ("HELO a",))
    classroom.set_task("hello")
    assert ann.row().step == 0
    with pytest.raises(Failure, match="nothing"):
        classroom.set_task("nothing")


def test_the_next_lesson_for_all(classroom: Classroom, admit: Admit) -> None:
    ann = admit("Ann")
    classroom.set_task("")
    assert classroom.task == "first-mail"
    assert ann.row().steps == 3
    classroom.task = ""
    with pytest.raises(Failure):
        classroom.set_task("")


def test_a_step_for_all_leads_those_who_are_behind(classroom: Classroom, admit: Admit) -> None:
    classroom.set_task("first-mail")
    ann, bob = admit("Ann"), admit("Bob")
    send(ann.state, ("EHLO ann.example", "MAIL FROM:<webmaster@example.com>"))
    assert (ann.row().step, bob.row().step) == (1, 0)
    assert classroom.set_step() == 2
    assert ann.state.timeline.turns[1].line == "EHLO ann.example"  # who is there stays
    assert bob.row().step == 1
    assert (bob.mistakes, bob.step_seconds) == ({}, {})
    assert bob.state.message is not None
    assert "step 2" in bob.state.message.value
    assert bob.task is not None
    assert (bob.task.shown, bob.task.done) == (1, False)
    assert classroom.set_step() == 3
    late = admit("Late")
    assert [row.step for row in classroom.rows()] == [2, 2, 2]
    assert late.task is not None
    send(late.state, ("DATA", "", "."))
    assert (late.row().step, late.task.shown, list(late.step_seconds)) == (3, 2, [3])
    with pytest.raises(Failure, match="no step 4"):
        classroom.set_step(4)
    classroom.set_task("hello")
    assert (classroom.step, ann.row().step) == (0, 0)


@pytest.mark.parametrize("name", shipped.names())
def test_each_lesson_can_be_led_through(name: str) -> None:
    """To its last step, which is left to the pupil."""
    classroom = Classroom(Choice(), words("en"), name)
    ann = classroom.roster.admit("Ann").member
    assert ann.task is not None
    steps = len(ann.task.steps)
    if steps > 1:
        classroom.set_step(steps)
        assert ann.task is not None
        assert all(ann.task.met[: steps - 1])


def test_a_step_needs_a_task_that_has_it(classroom: Classroom, admit: Admit) -> None:
    admit("Ann")
    for number in ("3", "99"):
        with pytest.raises(Failure, match="no step"):
            do(classroom, "step", {"number": number})
    for number in ("x", "-1", "\u00b2", "1000"):
        with pytest.raises(Failure, match="no number"):
            do(classroom, "step", {"number": number})
    classroom.task = ""
    with pytest.raises(Failure, match="no step"):
        classroom.set_step()


def test_the_median_is_that_of_the_task_at_hand(classroom: Classroom, admit: Admit, seconds: Seconds) -> None:
    ann = admit("Ann")
    seconds.now = 100.0
    send(ann.state, ("HELO a.example", "QUIT"))
    ann.look()
    classroom.set_task("hello")
    assert classroom.share().seconds == (0.0, 0.0)
    seconds.now = 107.0
    send(ann.state, ("HELO a.example",))
    assert classroom.share().seconds == (7.0, 0.0)


def test_the_wall_tells_who_was_turned_away(classroom: Classroom) -> None:
    assert wall(classroom)["knocks"] == []
    classroom.roster.join("192.0.2.7", "0", "\x1b[31mEve")
    (told,) = wall(classroom)["knocks"]
    assert "192.0.2.7" in told
    assert "not the code" in told
    assert "192.0.2.7" not in json.dumps(board(classroom))
    screen = WallScreen(classroom, lambda: ())
    screen.application().output = DummyOutput()
    assert any("192.0.2.7" in part[1] for line in screen._body(120) for part in line)


def test_the_terminals_wall_has_all_that_the_page_has(classroom: Classroom, admit: Admit, seconds: Seconds) -> None:
    ann = admit("Ann")
    seconds.now = 10.0
    send(ann.state, (":lesson hint", ":lesson hint", "HELO a.example"))
    ann.look()
    send(ann.state, ("HELLO a",))
    screen = WallScreen(classroom, lambda: ("where",))
    application = screen.application()
    application.output = DummyOutput()
    shown = "\n".join("".join(part[1] for part in line) for line in screen._body(120))
    for wanted in ("Ann", "1/2", "no such com", "×1", " 2 ", "(10 s)", "500 "):
        assert wanted in shown
