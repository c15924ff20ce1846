"""Stepping through a recording: jumping, typing something else and coming back, and what lies over a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smtpsim.app.replay.outputs import open_recording
from smtpsim.app.replay.screens import played_show
from smtpsim.app.tui import actions
from smtpsim.app.tui.actions import leave
from smtpsim.app.tui.line import stepping_hint
from smtpsim.app.tui.presenter import actions as presenting
from smtpsim.app.tui.presenter.presentation import Pace
from smtpsim.app.tui.state import State
from smtpsim.explain import words
from smtpsim.shell.opening import Choice
from smtpsim.transcript.show import Show

LAST = 12
"""The last step of first-mail."""


AT_ONCE = Pace()


def shown(*names: str, lang: str = "en", pace: Pace = AT_ONCE) -> State:
    """A state at the title card of the first of these shipped transcripts."""
    say = words(lang)
    shows: Sequence[Show] = [played_show(open_recording(name, "", Choice(), say), say) for name in names]
    state = State(shows[0].turns[0], say, Choice())
    presenting.present(state, shows, pace)
    return state


def message(state: State) -> str:
    return state.message.value if state.message else ""


def test_it_begins_with_the_card_and_any_step_takes_it_away() -> None:
    state = shown("first-mail")
    assert state.present is not None
    assert (state.now.number, state.stepping, state.covered) == (0, True, True)
    actions.order(state, ":redo")
    assert (state.now.number, state.stepping, state.covered) == (1, True, False)
    presenting.home(state)
    assert (state.now.number, state.covered) == (0, True)
    actions.back(state)
    assert (state.now.number, state.covered) == (0, False)
    presenting.end(state)
    assert state.now.number == LAST


@pytest.mark.parametrize(
    ("typed", "step", "left", "told"),
    [
        ("7", 7, "7", ""),
        ("12", 12, "12", ""),
        ("012", 12, "012", ""),
        ("0", 0, "0", ""),
        ("13", 1, "", "There is no step 13"),
        ("99999999999", 9, "9", ""),
        ("135", 5, "5", ""),
    ],
)
def test_digits_go_to_a_step_as_they_are_typed(typed: str, step: int, left: str, told: str) -> None:
    state = shown("first-mail")
    for digit in typed:
        presenting.digit(state, digit)
    assert state.present is not None
    assert (state.now.number, state.present.jump) == (step, left)
    assert told in message(state)


def test_a_digit_can_be_taken_back_and_a_step_ends_the_number() -> None:
    state = shown("first-mail")
    for digit in "11":
        presenting.digit(state, digit)
    presenting.shorten(state)
    assert state.present is not None
    assert (state.now.number, state.present.jump) == (1, "1")
    actions.order(state, ":redo")
    presenting.digit(state, "0")
    assert (state.now.number, state.present.jump) == (0, "0")


@pytest.mark.parametrize("way", ["b", "typed at once"])
def test_a_branch_leaves_the_recording_as_it_is(way: str) -> None:
    state = shown("first-mail")
    presenting.digit(state, "2")
    recorded = state.timeline
    if way == "b":
        presenting.branch(state)
        assert "waits at step 2" in message(state)
    actions.send(state, ("RCPT TO:<alice@hogefuga.com>", "DATA"))
    assert (state.now.number, state.stepping) == (4, False)
    assert state.timeline is not recorded
    actions.send(state, ("Subject: :back is text here", "."))
    actions.order(state, ":back")
    assert (state.timeline, state.now.number, state.stepping) == (recorded, 2, True)
    assert recorded.ahead == LAST - 2
    actions.order(state, ":redo")
    assert state.now.line == "RCPT TO:<test@hogefuga.com>"


def test_what_was_typed_on_a_branch_can_be_taken_up_again() -> None:
    state = shown("first-mail")
    presenting.digit(state, "2")
    actions.send(state, ("RSET", "NOOP"))
    actions.order(state, ":back")
    assert "b, then F4" in message(state)
    actions.order(state, ":redo")
    presenting.branch(state)
    assert state.timeline.ahead == 0
    actions.order(state, ":back")
    actions.order(state, ":undo")
    presenting.branch(state)
    assert "F4 brings back" in message(state)
    actions.order(state, ":redo 2")
    assert (state.now.line, state.now.number) == ("NOOP", 4)


def test_only_turns_of_ones_own_are_asked_about() -> None:
    state = shown("first-mail")
    presenting.branch(state)
    assert not state.unsaved
    actions.send(state, ("NOOP",))
    assert state.unsaved
    actions.order(state, ":back")
    assert state.unsaved
    leave(state)
    assert state.ask is not None


def test_a_branch_that_was_saved_is_not_asked_about(tmp_path: object) -> None:
    state = shown("first-mail")
    actions.send(state, ("NOOP",))
    actions.order(state, ":back")
    presenting.branch(state)
    assert state.unsaved
    actions.order(state, ":redo")
    actions.send(state, (f":save {tmp_path}/branch.txt",))
    actions.order(state, ":back")
    leave(state)
    assert state.leaving


def test_an_order_that_only_shows_something_leaves_nothing() -> None:
    state = shown("first-mail")
    presenting.digit(state, "3")
    actions.send(state, (":inbox",))
    assert state.stepping
    actions.order(state, ":redo")
    assert (state.now.number, state.page) == (4, None)


def test_an_order_that_changes_the_world_begins_a_branch() -> None:
    state = shown("spf-fail")
    presenting.digit(state, "2")
    actions.send(state, (":ip 192.0.2.10",))
    assert not state.stepping
    actions.order(state, ":back")
    assert state.simulation.connection.client_ip == "203.0.113.66"


def test_there_is_nothing_to_come_back_from(begin: Callable[..., State]) -> None:
    state = begin("HELO a", ":back")
    assert (state.now.line, bool(message(state))) == ("HELO a", True)
    stepped = shown("first-mail")
    actions.order(stepped, ":back")
    assert (stepped.stepping, bool(message(stepped))) == (True, True)


def test_another_session_is_no_recording_any_more() -> None:
    state = shown("first-mail")
    actions.send(state, (":open spf-fail",))
    assert (state.present, state.stepping) == (None, False)


@pytest.mark.parametrize(("lang", "caption"), [("en", "MAIL and RCPT fill"), ("ja", "MAIL と RCPT が")])
def test_a_remark_is_the_caption_of_its_step_alone(lang: str, caption: str) -> None:
    state = shown("first-mail", lang=lang)
    actions.order(state, ":redo")
    assert not state.caption
    actions.order(state, ":redo")
    assert state.now.line.startswith("MAIL")
    assert state.caption[0].startswith(caption)
    assert state.log[state.log.latest].text == f"# {state.caption[0]}"
    actions.order(state, ":redo")
    assert state.caption == ()
    actions.order(state, ":undo")
    actions.send(state, ("NOOP",))
    assert state.caption == ()


def test_a_line_that_a_class_is_asked_for_is_not_shown_before(tmp_path: Path) -> None:
    file = tmp_path / "asked.txt"
    file.write_text("220 hi\n> HELO a\n250 hi\n# ask: Who writes?\n# answer: MAIL\n> MAIL FROM:<a@b.example>\n> QUIT\n")
    state = shown(str(file))
    assert stepping_hint(state).startswith("HELO a")
    actions.order(state, ":redo")
    assert state.caption == ("Who writes?",)
    assert "MAIL" not in stepping_hint(state)
    assert state.explanation.next == ""
    actions.order(state, ":redo")
    assert state.caption == ("MAIL",)
    assert stepping_hint(state).startswith("QUIT")


def test_the_last_recording_is_followed_by_the_first() -> None:
    state = shown("first-mail", "spf-fail", pace=Pace(loop=True))
    titles = []
    for _ in range(3):
        assert state.present is not None
        titles.append(state.present.show.title("en"))
        assert (state.now.number, state.present.card) == (0, True)
        presenting.end(state)
        presenting.go_on(state)
    assert titles == ["The first mail", "SPF: fail, refused", "The first mail"]


ACTS: dict[str, Callable[[State], None]] = {
    "next": lambda state: actions.order(state, ":redo"),
    "previous": lambda state: actions.order(state, ":undo"),
    "home": presenting.home,
    "end": presenting.end,
    "digit": lambda state: presenting.digit(state, "1"),
    "branch": lambda state: presenting.branch(state) if state.stepping else None,
    "type": lambda state: actions.send(state, ("NOOP",)),
    "back": lambda state: actions.order(state, ":back"),
    "large": presenting.toggle_large,
    "esc": actions.back,
}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=25))
def test_whatever_is_done_the_recording_stays_and_back_is_where_it_was_left(acts: list[str]) -> None:
    state = shown("first-mail")
    recorded = state.timeline
    turns = [recorded.turn(number) for number in range(LAST + 1)]
    left = 0
    for act in acts:
        was = state.stepping
        if was:
            left = state.now.number
        ACTS[act](state)
        if state.stepping and not was:
            assert state.now.number == left
        assert state.stepping == (state.timeline is recorded)
    assert all(recorded.turn(number) is turn for number, turn in enumerate(turns))
