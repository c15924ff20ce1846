"""What a person does, and what becomes of the state: no terminal is needed."""

from __future__ import annotations

import pytest

from smtpsim.app.tui import actions
from smtpsim.app.tui.actions import leave
from smtpsim.app.tui.keymap import BAR, HELP, key_sections
from smtpsim.app.tui.shape import Half, Showing
from smtpsim.explain import LANGUAGES, words
from smtpsim.protocol.smtp.state import Phase
from smtpsim.shell import commands
from smtpsim.shell.help import help_page
from tests.app.tui.conftest import Begin

LETTER = ("HELO cgi.example.com", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA")


def test_each_line_is_a_turn(begin: Begin) -> None:
    state = begin(*LETTER, "Subject: x", ".")
    assert state.now.number == 6
    assert state.panel.sections[-1].digest.changed


def test_a_line_with_a_colon_is_an_order_outside_of_letters_only(begin: Begin) -> None:
    state = begin(*LETTER)
    actions.send(state, (":undo",))
    assert state.now.line == ":undo"
    assert state.phase is Phase.DATA
    actions.escape(state)
    actions.send(state, ("undo",))
    assert state.now.number == 4
    assert not state.escaped


def test_an_answer_to_a_challenge_is_no_order(begin: Begin) -> None:
    state = begin("EHLO a", "AUTH LOGIN")
    actions.send(state, (":quit",))
    assert state.now.kind == "answer"
    assert not state.leaving


def test_a_line_that_ends_a_chunk_makes_two_turns(begin: Begin) -> None:
    state = begin("EHLO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "BDAT 3 LAST")
    actions.send(state, ("abc",))
    assert [state.timeline.turn(number).kind for number in (5, 6)] == ["octets", "command"]


def test_nobody_listens_after_the_end(begin: Begin) -> None:
    state = begin("QUIT", "HELO a")
    assert state.now.line == "QUIT"
    assert state.message is not None
    assert ":connect" in state.message.value
    actions.send(state, (":connect",))
    assert state.phase is Phase.START
    assert state.message is None


def test_back_and_forth(begin: Begin) -> None:
    state = begin("HELO a", "NOOP", "RSET")
    actions.send(state, (":undo 2",))
    assert (state.now.line, len(state.log)) == ("HELO a", 3)
    actions.send(state, (":redo",))
    assert state.now.line == "NOOP"
    actions.send(state, (":redo 99",))
    assert state.now.line == "RSET"
    actions.send(state, (":goto 0",))
    assert state.now.kind == "connect"
    actions.send(state, (":undo 9",))
    assert state.message is not None


@pytest.mark.parametrize(
    "line",
    [":undo x", ":undo 0", ":undo -1", ":redo", ":goto", ":goto 9", ":goto x", ":goto " + "9" * 5000, ":hop", ":hop 7",
     ":inbox nobody", ":inbox test 1", ":explain nothing", ":lang xx", ":panel other", ":open", ":open nowhere.txt",
     ":save", ":save /nowhere/at/all.txt", ":recover", ":nothing", ":h", ":", ":help nothing", ":ip x", ":wait",
     ":dns", ":dns add x", ":fold nobody"],
)  # fmt: skip
def test_an_order_that_cannot_be_carried_out_says_why_and_changes_nothing(begin: Begin, line: str) -> None:
    state = begin("HELO a")
    actions.send(state, (line,))
    assert state.message is not None
    assert state.message.value
    assert state.now.line == "HELO a"
    assert state.page is None


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (":help", "MAIL FROM:<a@example.com>"),
        (":inbox", "test@hogefuga.com"),
        (":inbox test", "No mail yet."),
        (":inbox <TEST@hogefuga.com>", "No mail yet."),
        (":queue", "Nothing waits."),
        (":hosts", "198.51.100.25"),
        (":suppression", "nobody is on a list"),
        (":suppression mode vendor email-smtp.us-east-1.amazonses.com", "an account goes by its own list"),
        (":reputation", "theatre.example"),
        (":explain", "250 Hello smtp.example.com"),
        (":explain 550", "550"),
        (":spf", "cgi.example.com TXT: v=spf1 a -all"),
        (":dns example.com", "v=spf1 ip4:192.0.2.0/24 -all"),
    ],
)
def test_pages(begin: Begin, line: str, text: str) -> None:
    state = begin("HELO cgi.example.com")
    actions.send(state, (line,))
    assert state.page is not None
    assert state.half is Half.PANEL
    rows = [row for section in state.page.sections for row in section.rows]
    assert any(text in part for row in rows for part in (row.label, row.value, row.remark))
    actions.back(state)
    assert state.page is None


@pytest.mark.parametrize(
    ("line", "text"),
    [(":dns set new.example TXT hello", "hello"), (":dns fail example.com timeout", "Every query for this name")],
)
def test_a_change_of_the_dns_is_seen_in_the_panel(begin: Begin, line: str, text: str) -> None:
    state = begin("HELO cgi.example.com", line)
    assert state.page is None
    records = next(section for section in state.panel.sections if section.key == "records")
    assert any(text in row.value for row in records.rows)


def test_a_page_is_closed_by_the_next_turn(begin: Begin) -> None:
    state = begin(":help")
    actions.send(state, ("HELO a",))
    assert (state.page, state.half) == (None, Half.DIALOGUE)


def test_help_on_one_order(begin: Begin) -> None:
    state = begin(":help :goto")
    assert state.message is not None
    assert state.message.value.startswith(":goto N")


def test_names_may_be_cut_short(begin: Begin) -> None:
    state = begin("HELO a", ":und")
    assert state.now.number == 0
    actions.send(state, (":ho",))
    assert state.message is not None
    assert ":hop :host :hosts" in state.message.value


@pytest.mark.parametrize(
    ("lines", "showing"),
    [
        ((), Showing.BOTH),
        ((":panel",), Showing.PANEL),
        ((":panel", ":panel", ":panel"), Showing.BOTH),
        ((":panel dialogue",), Showing.DIALOGUE),
    ],
)
def test_what_is_shown(begin: Begin, lines: tuple[str, ...], showing: Showing) -> None:
    assert begin(*lines).showing is showing


def test_another_language(begin: Begin) -> None:
    state = begin("HELO a", "QUIT", ":lang ja")
    assert state.words.lang == "ja"
    assert state.panel.sections[0].title == "接続"
    assert state.log[len(state.log) - 1].text == "接続が閉じました。"


def test_leaving_asks_only_when_something_would_be_lost(begin: Begin) -> None:
    fresh = begin()
    leave(fresh)
    assert fresh.leaving
    state = begin("HELO a", ":undo")
    leave(state)
    actions.answer(state, yes=False)
    assert not state.leaving
    assert state.ask is None
    leave(state)
    assert not state.leaving
    actions.answer(state, yes=True)
    assert state.leaving


def test_a_question_stops_the_lines_behind_it(begin: Begin) -> None:
    state = begin("HELO a")
    actions.send(state, ("NOOP", ":quit", "RSET"))
    assert state.ask is not None
    assert state.now.line == "NOOP"


def test_esc_closes_one_thing_at_a_time(begin: Begin) -> None:
    state = begin(":help")
    actions.escape(state)
    actions.back(state)
    assert (state.escaped, state.page is None) == (False, False)
    actions.back(state)
    assert state.page is None
    actions.interrupted(state)
    assert state.message is not None
    actions.back(state)
    assert state.message is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_words_for_every_key_and_order(lang: str) -> None:
    say = words(lang)
    shown = help_page(say, map(commands.load, commands.names()), key_sections(say))
    told = {row.label for section in shown.sections for row in section.rows}
    assert {f":{name}" for name in commands.names()} <= told
    for name in commands.names():
        assert say.has(f"command.{name}")
        assert say.has(f"command.{name}-form")
    for key in BAR:
        assert say.has(f"repl.bar-{key.key}")
    for key in HELP:
        assert say.has(f"repl.key-{key.key}")


def test_the_theme_is_chosen_by_name_or_the_next_one(begin: Begin) -> None:
    state = begin(":theme light")
    assert state.theme == "light"
    assert state.message is not None
    assert "light" in state.message.value
    actions.send(state, (":theme",))
    assert state.theme == "high-contrast"
    actions.send(state, (":theme pink",))
    assert state.theme == "high-contrast"
    assert "colour-blind" in state.message.value


def test_f1_tells_ever_more_of_the_last_reply(begin: Begin) -> None:
    state = begin("HELO cgi.example.com")
    shown = []
    for _ in range(4):
        actions.help_on(state)
        assert state.page
        shown.append(" ".join(row.value for section in state.page.sections for row in section.rows))
    assert words("en")("paragraph.hello") in shown[0]
    assert words("en")("picture.hello") in shown[1]
    assert words("en")("command.wait") in shown[2]
    assert shown[3] == shown[0]
    actions.back(state)
    actions.help_on(state)
    assert state.page
    assert state.page.title == words("en")("page.last-reply")
