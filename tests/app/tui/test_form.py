"""The form in which a mail is written, without a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.app.tui import actions
from smtpsim.app.tui.form.actions import put_away, send
from smtpsim.app.tui.form.fields import suggestion
from smtpsim.app.tui.form.keys import pasted
from smtpsim.app.tui.form.screen import BAR
from smtpsim.app.tui.form.shape import CHOICE_ROWS, LEAST_ROWS, LEAST_TEXT, form_shape
from smtpsim.app.tui.form.verdict import faulty_field, verdict, wrong_field
from smtpsim.app.tui.form.written import CHOICES, LINES, TEXT, Written, begun
from smtpsim.app.tui.shape import Showing, shape
from smtpsim.app.tui.state import State
from smtpsim.explain import LANGUAGES, words
from smtpsim.message.compose import one_each, one_for_all
from smtpsim.message.draft_line import EACH, RECEIPT, DraftLine
from smtpsim.views.row import Mark
from tests.app.tui.conftest import Begin

EN = words("en")
WHOLE = Written((("from", "webmaster@example.com"), ("to", "test@hogefuga.com, Alice <alice@hogefuga.com>")))


def filled(state: State, written: Written = WHOLE) -> State:
    state.written = written
    return state


def test_an_empty_form_knows_who_the_author_may_be(begin: Begin) -> None:
    assert begun(begin().simulation).text("from") == "newsletter@example.com"
    assert begun(begin(":ip 203.0.113.66").simulation) == Written()


def test_a_draft_is_read_from_what_was_written() -> None:
    written = WHOLE.with_text("bcc", "bob@hogefuga.com").with_text(TEXT, "one\ntwo").with_text("cc", " ")
    found = written.draft()
    assert isinstance(found, DraftLine)
    assert found.draft.recipients == ("test@hogefuga.com", "alice@hogefuga.com", "bob@hogefuga.com")
    assert (found.draft.body, found.split) == ("one\ntwo", one_for_all)


def test_choices_are_switched_on_and_off() -> None:
    found = WHOLE.switched(EACH).switched(RECEIPT).draft()
    assert isinstance(found, DraftLine)
    assert found.split is one_each
    assert [named.address for named in found.draft.receipt_to] == ["webmaster@example.com"]
    assert WHOLE.switched(EACH).switched(EACH) == WHOLE


@pytest.mark.parametrize(
    ("written", "faulty", "wrong", "mark"),
    [
        (Written(), "from", "", Mark.NOTE),
        (Written((("from", "a@example.com"),)), "to", "", Mark.NOTE),
        (WHOLE.with_text("cc", "bob"), "cc", "cc", Mark.BAD),
        (WHOLE.with_text("subject", "a\x1b"), "subject", "subject", Mark.BAD),
        (WHOLE, "", "", Mark.GOOD),
    ],
)
def test_what_is_missing_is_no_mistake_yet(written: Written, faulty: str, wrong: str, mark: Mark) -> None:
    assert (faulty_field(written), wrong_field(written)) == (faulty, wrong)
    assert verdict(written, EN).why.mark is mark


def test_the_verdict_counts_recipients_and_tells_of_bcc() -> None:
    told = verdict(WHOLE.with_text("bcc", "bob@hogefuga.com"), EN)
    assert told.why.value == EN("compose.ready", count=3)
    assert [row.value for row in told.remarks] == [EN("compose.ready-bcc")]
    assert verdict(WHOLE.switched(EACH), EN).why.value == EN("compose.ready-each", count=2)


def test_sending_makes_the_turns_of_a_mail_program(begin: Begin) -> None:
    state = filled(begin(":compose"))
    assert state.writing
    assert send(state)
    assert (state.writing, state.written) == (False, None)
    assert [turn.line.split(" ")[0] for turn in state.timeline.turns[1:5]] == ["EHLO", "MAIL", "RCPT", "RCPT"]
    assert state.simulation.world.mailboxes["alice@hogefuga.com"].length == 1
    assert state.panel.sections[-1].digest.changed


def test_what_is_unfinished_is_not_sent(begin: Begin) -> None:
    state = begin(":compose")
    assert not send(state)
    assert (state.writing, state.now.number) == (True, 0)


def test_a_form_that_was_put_away_is_kept(begin: Begin) -> None:
    state = filled(begin(":compose"))
    put_away(state)
    assert not state.writing
    assert state.message is not None
    actions.send(state, (":compose",))
    assert (state.writing, state.written) == (True, WHOLE)


def test_a_form_stops_the_lines_behind_it(begin: Begin) -> None:
    assert begin(":compose", "HELO a").now.number == 0


def test_there_is_no_form_inside_a_letter(begin: Begin) -> None:
    state = begin("HELO a", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA")
    actions.escape(state)
    actions.send(state, ("compose",))
    assert not state.writing
    assert state.message is not None


def test_on_one_line_it_needs_no_form(begin: Begin) -> None:
    state = begin(":compose from=webmaster@example.com to=test@hogefuga.com")
    assert not state.writing
    assert state.simulation.world.mailboxes["test@hogefuga.com"].length == 1
    actions.send(state, (":compose to=x",))
    assert state.message is not None
    assert state.message.mark is Mark.BAD


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("te", "st@hogefuga.com"),
        ("bob@hogefuga.com, TE", "st@hogefuga.com"),
        ("Alice <alice@h", "ogefuga.com"),
        ("test@hogefuga.com", ""),
        ("nobody-at-all", ""),
        ("a@example.com, ", ""),
        ("", ""),
    ],
)
def test_how_an_address_goes_on(begin: Begin, text: str, rest: str) -> None:
    assert suggestion(text, begin().simulation) == rest


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("bcc", "a@x.example\r\nBob <b@x.example>\n\n", "a@x.example, Bob <b@x.example>"),
        ("subject", "two\r lines", "two lines"),
        (TEXT, "one\r\n\r\ntwo\r", "one\n\ntwo\n"),
    ],
)
def test_pasted_lines(name: str, data: str, text: str) -> None:
    assert pasted(name, data) == text


@given(columns=st.integers(1, 300), rows=st.integers(1, 100))
def test_the_form_always_fits(columns: int, rows: int) -> None:
    found, around = form_shape(columns, rows), shape(columns, rows, Showing.BOTH)
    if found is None:
        assert columns < 40 or rows < LEAST_ROWS
        return
    left = rows - around.title - around.keys - around.explanation - len(LINES) - CHOICE_ROWS - found.heads - found.rows
    assert left >= (LEAST_TEXT if found.heads or found.rows else 1)
    assert columns - found.columns >= 40


@pytest.mark.parametrize(
    ("size", "beside", "below"), [((120, 36), True, False), ((100, 30), False, True), ((80, 24), False, True)]
)
def test_where_the_preview_is(size: tuple[int, int], beside: bool, below: bool) -> None:
    found = form_shape(*size)
    assert found is not None
    assert (found.columns > 0, found.rows > 0, found.heads) == (beside, below, 2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_words_for_every_field_and_key(lang: str) -> None:
    say = words(lang)
    assert all(say.has(f"compose.hint-{name}") for name in (*LINES, TEXT))
    assert all(say.has(f"compose.choice-{choice}") for choice in CHOICES)
    assert all(say.has(f"compose.bar-{key.key}") for key in BAR)
