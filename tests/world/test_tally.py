"""Counts over a sliding period, against the list of all times."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smtpsim.world.tally import NONE, PARTS, counted, total

periods = st.integers(1, 100_000)
steps = st.lists(st.integers(0, 20_000), max_size=60)


@given(periods, steps, st.integers(0, 2**31))
def test_what_is_older_than_the_period_never_counts_and_what_is_a_part_younger_always_does(
    period: int, pauses: list[int], start: int
) -> None:
    now, times, tally = start, [], NONE
    for pause in pauses:
        now += pause
        times.append(now)
        tally = counted(tally, now, period)
        width = max(1, period // PARTS)
        number = total(tally, now, period)
        assert sum(now - time <= period - width - (period % width) for time in times) <= number
        assert number <= sum(now - time < period for time in times)


@given(periods, steps)
def test_a_count_takes_the_same_room_however_much_happened(period: int, pauses: list[int]) -> None:
    now, tally = 0, NONE
    for pause in pauses:
        now += pause
        tally = counted(tally, now, period)
        assert len(tally.parts) <= max(PARTS, period // max(1, period // PARTS))


def test_more_at_once() -> None:
    assert total(counted(counted(NONE, 7, 60, 3), 8, 60, 2), 8, 60) == 5
    assert total(counted(NONE, 0, 60), 59, 60) == 1
    assert total(counted(NONE, 0, 60), 60, 60) == 0
