"""Stepping through two recordings: where one is, and what the keys do there."""

from __future__ import annotations

import pytest

from smtpsim.app.tui.beside.screen import BAR, Screen
from smtpsim.app.tui.beside.state import State
from smtpsim.explain import LANGUAGES, words
from smtpsim.render.cells import width
from tests.views.test_versus import compared

LAST = 11


def state(lang: str = "en") -> State:
    return State(compared("spf-pass", "spf-fail", lang), words(lang))


def test_the_next_difference() -> None:
    at = state()
    seen = []
    for _ in range(4):
        at.difference()
        seen.append(at.at)
    assert seen == [1, 2, 3, 4]
    at.goto(LAST)
    at.difference()
    assert (at.at, bool(at.message)) == (LAST, True)
    at.goto(at.at - 1)
    assert at.message == ""


@pytest.mark.parametrize(
    ("typed", "step", "jump"), [("3", 3, "3"), ("11", 11, "11"), ("12", 1, ""), ("99999999999", 9, "9")]
)
def test_digits_go_to_a_step(typed: str, step: int, jump: str) -> None:
    at = state()
    for digit in typed:
        at.digit(digit)
    assert (at.at, at.jump) == (step, jump)


def test_steps_end_at_both_ends() -> None:
    at = state()
    at.goto(-1)
    assert at.at == 0
    at.goto(LAST + 5)
    assert at.at == LAST


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [(40, 8), (60, 16), (80, 24), (120, 36), (200, 60)])
def test_every_step_fits_every_screen(lang: str, size: tuple[int, int]) -> None:
    at = state(lang)
    screen = Screen(at, lambda: size)
    columns, rows = size
    for index in range(LAST + 1):
        at.goto(index)
        for part in (screen._title, screen._why, screen._not_same, screen._said):
            for line in part(columns):
                assert width("".join(fragment[1] for fragment in line)) <= columns
        below = screen._why_rows() + 1 + len(screen._not_same(columns))
        assert rows - below - 3 >= 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_words_for_every_key(lang: str) -> None:
    assert all(words(lang).has(f"versus.key-{key}") for _, key in BAR)
