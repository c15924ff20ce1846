"""An account's meters: the sliding volume, and the thresholds of review, pause and suspension."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.world.sending.account import Limits
from smtpsim.world.sending.rates import (
    HEALTHY,
    NEW,
    PAUSED,
    REVIEW,
    STANDINGS,
    STEPS,
    SUSPENDED,
    Meter,
    Tally,
    counted,
    handed_in,
    per_mille,
)

LIMITS = Limits()
ENDLESS = Limits(volume=10**9)


@pytest.mark.parametrize(
    ("sent", "bounced", "complained", "standing"),
    [
        (1000, 0, 0, HEALTHY),
        (1000, 49, 0, HEALTHY),
        (1000, 50, 0, REVIEW),  # 5 %
        (1000, 99, 0, REVIEW),
        (1000, 100, 0, PAUSED),  # 10 %
        (1001, 0, 1, HEALTHY),
        (1000, 0, 1, REVIEW),  # 0.1 %
        (1000, 0, 4, REVIEW),
        (1000, 0, 5, PAUSED),  # 0.5 %
        (19, 19, 19, HEALTHY),  # too few to say
        (20, 1, 0, REVIEW),
        (20, 2, 0, PAUSED),
    ],
)
def test_thresholds(sent: int, bounced: int, complained: int, standing: str) -> None:
    assert counted(NEW, ENDLESS, Tally(sent, bounced, complained)).standing == standing


def run(limits: Limits, news: list[Tally]) -> Meter:
    meter = NEW
    for one in news:
        meter = counted(meter, limits, one)
    return meter


def test_good_mails_bring_an_account_out_of_review_once_the_bad_ones_have_slid_away() -> None:
    good = [Tally(sent=1)] * 940
    meter = run(LIMITS, [*good, *[Tally(1, 1)] * 60])
    assert meter.standing == REVIEW
    assert run(LIMITS, [*good, *[Tally(1, 1)] * 60, *good]).standing == HEALTHY


def test_nobody_comes_out_of_a_pause_by_waiting_or_by_what_arrives_late() -> None:
    paused = counted(NEW, LIMITS, Tally(100, 10))
    assert paused.standing == PAUSED
    assert run(LIMITS, [Tally(100, 10), *[Tally(sent=1)] * 2000]).standing == PAUSED


def test_sending_on_in_spite_of_the_pause_suspends() -> None:
    meter = counted(NEW, LIMITS, Tally(100, 10))
    standings = []
    for _ in range(LIMITS.patience + 1):
        meter = handed_in(meter, LIMITS)
        standings.append(meter.standing)
    assert standings == [PAUSED, PAUSED, SUSPENDED, SUSPENDED]


EVENTS = st.lists(st.sampled_from([Tally(1), Tally(1, 1), Tally(0, 1), Tally(0, 0, 1)]), max_size=400)


@given(EVENTS, st.integers(10, 200))
def test_the_total_is_that_of_the_steps_and_never_much_more_than_the_volume(events: list[Tally], volume: int) -> None:
    meter = run(Limits(volume=volume), events)
    total = meter.filling
    for step in meter.past:
        total = total.plus(step)
    assert meter.total == total
    assert len(meter.past) < STEPS
    assert meter.total.sent <= volume + STEPS
    assert min(meter.total) >= 0


@given(EVENTS)
def test_within_the_volume_nothing_is_forgotten(events: list[Tally]) -> None:
    meter = run(ENDLESS, events)
    assert meter.total == Tally(*(sum(column) for column in zip(*events, strict=True))) if events else meter == NEW


@given(EVENTS, st.integers(10, 200))
def test_a_standing_gets_no_better_from_pause_on(events: list[Tally], volume: int) -> None:
    meter, worst = NEW, 0
    for event in events:
        meter = counted(meter, Limits(volume=volume), event)
        now = STANDINGS.index(meter.standing)
        assert now >= worst or worst < STANDINGS.index(PAUSED)
        worst = max(worst, now)


def test_a_rate_of_nothing_is_0() -> None:
    assert per_mille(0, 0) == 0
    assert per_mille(1, 20) == 50


def test_the_work_for_a_mail_does_not_grow() -> None:
    """A campaign counts a million mails."""
    meter = NEW
    times = []
    for _ in range(10):
        begun = perf_counter()
        for _ in range(2_000):
            meter = counted(meter, ENDLESS, Tally(sent=1))
        times.append(perf_counter() - begun)
    assert min(times[5:]) < 5 * min(times[:5])
