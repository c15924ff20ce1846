"""Back, forth, and on from anywhere: the timeline against a plain list."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from smtpsim.session.simulation import Turn, open_simulation
from smtpsim.session.timeline import Timeline
from smtpsim.world.load import shipped_world

FIRST = open_simulation(shipped_world())


class AgainstAList(RuleBasedStateMachine):
    """Every turn has a number of its own, so that no two are mixed up."""

    def __init__(self) -> None:
        super().__init__()
        self.timeline = Timeline(FIRST)
        self.turns: list[Turn] = [FIRST]
        self.at = 0
        self.made = 0

    @rule()
    def add(self) -> None:
        self.made += 1
        turn = FIRST._replace(number=self.made)
        self.timeline.add(turn)
        self.turns = [*self.turns[: self.at + 1], turn]
        self.at += 1

    @rule()
    def undo(self) -> None:
        assert self.timeline.undo() is (self.at > 0)
        self.at = max(self.at - 1, 0)

    @rule()
    def redo(self) -> None:
        last = len(self.turns) - 1
        assert self.timeline.redo() is (self.at < last)
        self.at = min(self.at + 1, last)

    @rule(number=st.integers(-2, 12))
    def goto(self, number: int) -> None:
        there = 0 <= number < len(self.turns)
        assert self.timeline.goto(number) is there
        self.at = number if there else self.at

    @invariant()
    def agrees(self) -> None:
        timeline = self.timeline
        assert timeline.position == self.at
        assert timeline.now is self.turns[self.at]
        assert timeline.turns == self.turns[: self.at + 1]
        assert timeline.ahead == len(self.turns) - 1 - self.at
        for number, turn in enumerate(self.turns):
            assert timeline.turn(number) is turn
            assert timeline.holds(number, turn) is (number <= self.at)
        assert not timeline.holds(0, FIRST._replace(number=-1))


AgainstAList.TestCase.settings = settings(max_examples=60, stateful_step_count=40)
TestAgainstAList = AgainstAList.TestCase


def test_there_is_no_turn_that_was_not_made() -> None:
    with pytest.raises(IndexError):
        Timeline(FIRST).turn(1)


def said(timeline: Timeline, *lines: str) -> None:
    for line in lines:
        timeline.add(timeline.now.after.say(line))


def test_other_input_after_undo_makes_another_branch() -> None:
    timeline = Timeline(FIRST)
    said(timeline, "HELO cgi.example.com", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA")
    assert timeline.goto(2)
    said(timeline, "RCPT TO:<alice@hogefuga.com>", "DATA", ".")
    assert timeline.position == 5
    assert timeline.ahead == 0
    world = timeline.now.after.world
    assert [outcome.recipient for outcome in world.outcomes.values()] == ["alice@hogefuga.com"]
    assert world.mailboxes["test@hogefuga.com"].length == 0
    assert [timeline.turn(number).number for number in range(6)] == list(range(6))


def test_the_same_input_after_undo_makes_the_same_turns() -> None:
    lines = ("HELO a", "MAIL FROM:<webmaster@example.com>", "RCPT TO:<test@hogefuga.com>", "DATA", "Subject: x", ".")
    timeline = Timeline(FIRST)
    said(timeline, *lines)
    before = timeline.turns
    assert timeline.goto(0)
    said(timeline, *lines)
    assert timeline.turns == before
