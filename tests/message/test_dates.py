"""Days and dates against Python's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.dates import day_number, day_of, internal_date, month_number, written_day

EPOCH = date(1970, 1, 1)


@given(st.dates())
def test_day_numbers(day: date) -> None:
    number = (day - EPOCH).days
    assert day_number(day.year, day.month, day.day) == number
    assert written_day(f"Mon, {day.day} {day:%b} {day.year:04} 00:00:00 +0000") == number


@given(st.datetimes(min_value=datetime(1000, 1, 1)))
def test_a_moment_as_imap_writes_it(moment: datetime) -> None:
    seconds = int(moment.replace(microsecond=0, tzinfo=UTC).timestamp())
    expected = f'"{moment.day:2}-{moment:%b-%Y %H:%M:%S} +0000"'
    assert internal_date(seconds) == expected
    assert day_of(seconds) == (moment.date() - EPOCH).days


@given(st.integers(-10, 10_000), st.integers(-3, 20), st.integers(-3, 40))
def test_which_dates_there_are(year: int, month: int, day: int) -> None:
    if not 1 <= year <= 9999:
        return
    try:
        date(year, month, day)
    except ValueError:
        assert day_number(year, month, day) is None
    else:
        assert day_number(year, month, day) is not None


@pytest.mark.parametrize(("name", "number"), [("Jan", 1), ("dec", 12), ("MAY", 5), ("Foo", 0), ("", 0)])
def test_months(name: str, number: int) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize("value", ["", "tomorrow", "31 Feb 2026", "1 Foo 2026"])
def test_no_day(value: str) -> None:
    assert written_day(value) is None
