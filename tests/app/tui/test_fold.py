"""SPF's steps, folded and unfolded."""

from __future__ import annotations

import pytest

from smtpsim.app.tui import actions
from smtpsim.app.tui.panes import PanelText
from smtpsim.app.tui.shape import Half
from smtpsim.app.tui.state import State
from smtpsim.app.tui.viewport import Place
from tests.app.tui.conftest import Begin

HELO = "HELO cgi.example.com"
CHAIN = "MAIL FROM:<a@redirect.spf.example>"


def steps(state: State, identity: str) -> int:
    """How many steps of an identity are shown."""
    section = next(section for section in state.panel.sections if section.key == "spf")
    return sum(row.key.startswith(f"{identity}-") for row in section.rows)


def counts(state: State) -> tuple[int, int]:
    return steps(state, "helo"), steps(state, "mailfrom")


ORDERS = (
    ((), (2, 6)),
    ((":fold",), (4, 14)),
    ((":fold", ":fold"), (2, 6)),
    ((":fold mailfrom",), (2, 14)),
    ((":fold MAILFROM", ":fold helo"), (4, 14)),
    ((":fold helo", ":fold"), (2, 6)),
    ((":fold header-from",), (2, 6)),
)


@pytest.mark.parametrize(("orders", "expected"), ORDERS)
def test_all_or_one_are_unfolded(begin: Begin, orders: tuple[str, ...], expected: tuple[int, int]) -> None:
    assert counts(begin(HELO, CHAIN, *orders)) == expected


def test_what_is_unfolded_stays_so(begin: Begin) -> None:
    state = begin(HELO, CHAIN, ":fold", "NOOP", ":undo", ":redo", ":lang ja", "RSET")
    assert counts(state) == (4, 14)
    actions.send(state, (":undo 9", HELO))
    assert counts(state) == (4, 0)


def test_unfolding_makes_no_turn_and_scrolls_the_panel(begin: Begin) -> None:
    state = begin(HELO, CHAIN, ":help", ":fold")
    assert (state.now.line, state.page, state.half) == (CHAIN, None, Half.PANEL)
    actions.send(state, ("NOOP",))
    assert state.half is Half.DIALOGUE


@pytest.mark.parametrize("lines", [(), (HELO, ":connect pop.hogefuga.com:110")])
def test_where_nothing_was_checked_there_is_nothing_to_unfold(begin: Begin, lines: tuple[str, ...]) -> None:
    state = begin(*lines, ":fold")
    assert state.message is not None
    assert "Nothing has been checked" in state.message.value
    assert not state.unfolded


def home(state: State, height: int) -> Place | None:
    return PanelText(state.panel, 54, state.focus).home(54, height)


def test_what_was_unfolded_is_in_sight_until_the_next_step(begin: Begin) -> None:
    state = begin(HELO, CHAIN, "RCPT TO:<test@hogefuga.com>", "DATA", ":not an order")
    actions.order(state, ":fold")
    lines = PanelText(state.panel, 54, state.focus)
    top = home(state, 20)
    assert top is not None
    assert "── SPF" in "".join(fragment[1] for fragment in lines.rows(top.line, 54)[0][:2])
    assert home(state, len(lines)) == Place(0)
    actions.send(state, ("Subject: x",))
    assert state.focus == ""


def test_the_page_of_a_dialogue_between_servers_unfolds_in_its_place(begin: Begin) -> None:
    state = begin(HELO, "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA", ".", ":hop 1")
    assert state.page is not None
    before = len(state.page.sections[0].rows)
    actions.order(state, ":fold")
    assert state.page is not None
    assert len(state.page.sections[0].rows) > before
    actions.back(state)
    assert state.page is None
    actions.order(state, ":hop 1")
    assert len(state.page.sections[0].rows) > before


def test_the_page_of_all_steps_is_closed_by_the_same_order(begin: Begin) -> None:
    state = begin(HELO, ":spf")
    assert state.page is not None
    actions.order(state, ":spf")
    assert state.page is None
