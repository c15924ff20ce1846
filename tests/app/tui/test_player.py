"""A recording that plays by itself, on a clock that a test turns: nothing waits, nothing depends on the machine."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

import pytest

from smtpsim.app.replay import pace
from smtpsim.app.tui import actions
from smtpsim.app.tui.presenter import actions as presenting
from smtpsim.app.tui.presenter.player import Player
from smtpsim.app.tui.presenter.presentation import Pace
from smtpsim.app.tui.state import State
from tests.app.tui.test_presenting import LAST, shown


class Clock:
    """Keeps the timers; `turn` lets the next one ring."""

    def __init__(self) -> None:
        self.now = 0.0
        self._timers: list[tuple[float, Callable[[], None], Clock.Ring]] = []

    class Ring:
        """A timer that can be cancelled."""

        def __init__(self) -> None:
            self.live = True

        def cancel(self) -> None:
            self.live = False

    def later(self, seconds: float, then: Callable[[], None]) -> Ring:
        assert seconds > 0
        ring = Clock.Ring()
        self._timers.append((self.now + seconds, then, ring))
        return ring

    @property
    def waiting(self) -> int:
        return sum(ring.live for _, _, ring in self._timers)

    def turn(self) -> None:
        due = min((timer for timer in self._timers if timer[2].live), key=lambda timer: timer[0])
        self._timers.remove(due)
        self.now = due[0]
        due[1]()


class Line:
    """What somebody types."""

    text = ""

    def reset(self) -> None:
        self.text = ""


class Played:
    """A state, its player, and the clock of both."""

    def __init__(self, *names: str, pace: Pace) -> None:
        self.state = shown(*names, pace=pace)
        self.clock, self.line, self.drawn = Clock(), Line(), 0
        self.player = Player(self.state, self.clock.later, self.line, self._draw)
        self.player.follow()

    def _draw(self) -> None:
        self.drawn += 1

    def press(self, act: Callable[[State], None]) -> None:
        act(self.state)
        self.player.follow()

    def until(self, seen: Callable[[], bool]) -> None:
        for _ in range(2_000):
            if seen():
                return
            self.clock.turn()
        raise AssertionError("it never came")

    @property
    def typed(self) -> str | None:
        return self.state.present.typed if self.state.present else None


def test_without_a_speed_a_step_is_there_at_once() -> None:
    played = Played("first-mail", pace=Pace())
    played.player.forward()
    assert (played.state.now.number, played.clock.waiting) == (1, 0)


def test_a_line_is_typed_before_its_reply_comes() -> None:
    played = Played("first-mail", pace=Pace(1.0))
    played.player.forward()
    seen = [played.typed]
    while played.state.now.number == 0:
        played.clock.turn()
        seen.append(played.typed)
    assert seen[:-1] == ["", *accumulate("HELO cgi.example.com")]
    assert (played.state.now.number, played.typed, played.clock.waiting) == (1, None, 0)
    assert played.drawn >= len("HELO cgi.example.com")
    assert 1.0 < played.clock.now < 3.0


def test_a_second_press_does_not_wait_for_the_typing() -> None:
    played = Played("first-mail", pace=Pace(1.0))
    played.player.forward()
    played.clock.turn()
    played.player.forward()
    assert (played.state.now.number, played.typed, played.clock.waiting) == (1, None, 0)


@pytest.mark.parametrize("act", [lambda state: actions.order(state, ":undo"), presenting.branch, presenting.end])
def test_whoever_moves_while_a_line_is_typed_takes_over(act: Callable[[State], None]) -> None:
    played = Played("first-mail", pace=Pace(1.0))
    played.player.forward()
    played.clock.turn()
    played.press(act)
    at = played.state.now.number
    while played.clock.waiting:
        played.clock.turn()
    assert (played.state.now.number, played.typed) == (at, None)


def test_whoever_types_while_a_line_is_typed_takes_over() -> None:
    played = Played("first-mail", pace=Pace(1.0))
    played.player.forward()
    played.line.text = "NO"
    played.clock.turn()
    assert (played.state.now.number, played.typed, played.clock.waiting) == (0, None, 0)


def test_a_loop_goes_through_and_begins_again() -> None:
    played = Played("first-mail", "spf-fail", pace=Pace(loop=True))
    present = played.state.present
    assert present is not None
    assert present.card
    for step in range(1, LAST + 1):
        played.until(lambda step=step: played.state.now.number == step)  # type: ignore[misc]
    here = played.clock.now
    played.until(lambda: played.state.now.number == 0)
    assert played.clock.now - here > 4
    present = played.state.present
    assert present is not None
    assert (present.number, present.card) == (1, True)
    played.until(lambda: played.state.now.number == 1)
    played.until(lambda: bool(played.state.present and played.state.present.number == 0))


def test_a_loop_at_double_speed_takes_half_the_time() -> None:
    took = []
    for speed in (1.0, 2.0):
        played = Played("first-mail", pace=Pace(speed, loop=True))
        played.until(lambda played=played: played.state.now.number == LAST)  # type: ignore[misc]
        took.append(played.clock.now)
    assert took[0] == pytest.approx(2 * took[1])
    assert 30 < took[0] < 120


def test_a_loop_waits_for_who_reads_types_or_is_on_a_branch() -> None:
    played = Played("first-mail", pace=Pace(loop=True))
    played.press(lambda state: actions.order(state, ":help"))
    played.press(lambda state: actions.order(state, ":help"))
    for _ in range(5):
        played.clock.turn()
    assert played.state.now.number == 0
    played.press(actions.back)
    played.line.text = "NO"
    for _ in range(5):
        played.clock.turn()
    assert (played.state.now.number, played.typed) == (0, None)
    played.line.text = ""
    played.until(lambda: played.state.now.number == 1)
    played.press(presenting.branch)
    assert played.clock.waiting == 0
    played.press(lambda state: actions.order(state, ":back"))
    played.until(lambda: played.state.now.number == 2)


def test_a_loop_can_be_held_and_hurried() -> None:
    played = Played("first-mail", pace=Pace(loop=True))
    played.player.forward()
    assert played.state.now.number == 1
    played.player.pause()
    assert played.clock.waiting == 0
    played.player.pause()
    played.until(lambda: played.state.now.number == 2)
    played.press(presenting.end)
    played.player.forward()
    assert (played.state.now.number, played.state.stepping) == (0, True)


FORSAKE: dict[str, Callable[[Played], None]] = {
    "a page": lambda played: played.press(lambda state: actions.order(state, ":help")),
    "a branch": lambda played: played.press(presenting.branch),
    "half a line": lambda played: setattr(played.line, "text", "RCP"),
    "held": lambda played: played.player.pause(),
}


@pytest.mark.parametrize("how", FORSAKE)
def test_a_loop_that_somebody_held_and_left_begins_anew(how: str) -> None:
    played = Played("first-mail", pace=Pace(loop=True))
    played.press(lambda state: presenting.digit(state, "3"))
    FORSAKE[how](played)
    played.player.touched()
    at = played.clock.now
    played.until(lambda: played.state.now.number == 0)
    assert played.clock.now - at == 120
    assert (played.line.text, played.state.page, played.state.stepping) == ("", None, True)
    played.until(lambda: played.state.now.number == 1)


def test_a_loop_that_nobody_held_goes_on_undisturbed() -> None:
    played = Played("first-mail", pace=Pace(0.1, loop=True))
    played.press(lambda state: presenting.digit(state, "3"))
    played.player.touched()
    for step in range(4, LAST + 1):
        played.until(lambda step=step: played.state.now.number == step)  # type: ignore[misc]
    assert played.clock.now > 120


@pytest.mark.parametrize("line", ["", "HELO a", "MAIL FROM:<a@example.com>", "件名"])
def test_the_rhythm_is_that_of_the_line(line: str) -> None:
    pressed = list(pace.strokes(line, 2.0))
    assert "".join(stroke.character for stroke in pressed) == line
    assert all(0.02 < stroke.seconds < 0.1 for stroke in pressed)
    assert pace.reading(iter([line]), 1.0) == pytest.approx(2 * pace.reading(iter([line]), 2.0))
