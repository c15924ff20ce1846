"""The whole panel: what a turn changed, both languages, and nothing unsafe in it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.explain import LANGUAGES, words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn, open_simulation
from smtpsim.views.change import compared
from smtpsim.views.dialogue import lines_of
from smtpsim.views.explanation import explanation
from smtpsim.views.panel import changed_panel, panel
from smtpsim.views.row import Panel, Row, titled
from smtpsim.world.load import load_world, shipped
from smtpsim.world.model import World
from tests.views.conftest import Said, section_of

MISSION = (
    "HELO cgi.example.com",
    "MAIL FROM:webmaster@example.com",
    "RCPT TO:test@hogefuga.com",
    "DATA",
    "From: webmaster@example.com",
    "Subject: テストメール",
    "",
    "テストメールの本文です。",
    ".",
    "QUIT",
)

CHANGED = (
    (1, {"connection": {"hello"}, "spf": {"verdicts", "helo", "helo-0", "helo-1"}}),
    (2, {"envelope": {"from", "stage"}, "spf": {"verdicts", "mailfrom", "mailfrom-0", "mailfrom-1"}}),
    (3, {"envelope": {"to-1"}}),
    (4, {"envelope": {"stage"}, "letter": {"size"}}),
    (5, {"letter": {"field-0", "size"}}),
    (9, {"envelope": {"to-1", "stage"}, "letter": set(), "outcome": {"outcome-1", "mailbox-test@hogefuga.com"}}),
    (10, {"connection": {"server"}}),
)


@pytest.mark.parametrize(("step", "expected"), CHANGED)
def test_what_each_line_changed(said: Said, step: int, expected: dict[str, set[str]]) -> None:
    timeline = said(*MISSION[:step])
    for key in ("connection", "envelope", "letter", "spf", "outcome"):
        section = section_of(timeline, key)
        assert {row.key for row in section.rows if row.changed} == expected.get(key, set())
        assert section.digest.changed is (key in expected)


def test_nothing_has_changed_at_the_beginning(said: Said) -> None:
    first = panel(said().now, words("en"))
    assert compared(first, None) == first
    assert not any(row.changed for section in first.sections for row in section.rows)


def test_a_row_that_is_gone_changes_the_digest() -> None:
    row, gone = Row("a", "", "x"), Row("b", "", "y")
    before = Panel("", (titled("s", "S", (row, gone), ""),))
    after = compared(Panel("", (titled("s", "S", (row,), ""),)), before)
    assert after.sections[0].rows == (row,)
    assert after.sections[0].digest.changed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_words_for_all_of_it(said: Said, lang: str) -> None:
    timeline = said(*MISSION)
    for number, turn in enumerate(timeline.turns):
        before = timeline.turn(number - 1) if number else None
        assert changed_panel(turn, before, words(lang)).sections
        assert explanation(turn, before, words(lang)).next


def texts(turn: Turn) -> Iterator[str]:
    """Every text that the views of a turn hold."""
    shown = panel(turn, words("en"))
    told = explanation(turn, None, words("en"))
    rows = [row for section in shown.sections for row in (*section.rows, section.digest)]
    for row in (*rows, told.why, *told.remarks):
        yield from (row.label, row.value, row.remark)
        yield from (text for badge in row.badges for text in (badge.label, badge.value))
    yield from (line.text for line in lines_of(turn, words("en")))


@cache
def greeting() -> Turn:
    world = load_world(shipped())
    assert isinstance(world, World)
    return open_simulation(world)


HOSTILE = st.text(st.sampled_from("\x1b]0;[2J\x07\x9b31mab<>@ :\u202e\u2028\x00\x7f\udc80é"), max_size=40)
FRAMES = st.sampled_from(("{}", "HELO {}", "MAIL FROM:<{}@example.com>", "RCPT TO:<{}>", "Subject: {}", "From: {}"))


@given(st.lists(st.tuples(FRAMES, HOSTILE), max_size=8), st.booleans())
def test_no_control_character_is_ever_shown(lines: list[tuple[str, str]], letter: bool) -> None:
    turn = greeting()
    begin = ("HELO a.example", "MAIL FROM:<>", "RCPT TO:<test@hogefuga.com>", "DATA") if letter else ()
    for line in (*begin, *(frame.format(text) for frame, text in lines)):
        turn = turn.after.say(line)
        for text in texts(turn):
            assert text == printable(text)
