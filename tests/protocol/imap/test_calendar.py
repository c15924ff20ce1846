"""Days and dates against Python's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.protocol.imap.calendar import civil, date_time, day_number, day_of, month_number, valid

EPOCH = date(1970, 1, 1)


@given(st.dates())
def test_day_numbers(day: date) -> None:
    number = (day - EPOCH).days
    assert day_number(day.year, day.month, day.day) == number
    assert civil(number) == (day.year, day.month, day.day)


@given(st.datetimes(min_value=datetime(1000, 1, 1)))
def test_a_moment_as_imap_writes_it(moment: datetime) -> None:
    seconds = int(moment.replace(microsecond=0, tzinfo=UTC).timestamp())
    expected = f'"{moment.day:2}-{moment:%b-%Y %H:%M:%S} +0000"'
    assert date_time(seconds) == expected
    assert day_of(seconds) == (moment.date() - EPOCH).days


@given(st.integers(-10, 10_000), st.integers(-3, 20), st.integers(-3, 40))
def test_which_dates_there_are(year: int, month: int, day: int) -> None:
    if not 1 <= year <= 9999:
        return
    try:
        date(year, month, day)
    except ValueError:
        assert not valid(year, month, day)
    else:
        assert valid(year, month, day)


@pytest.mark.parametrize(("name", "number"), [("Jan", 1), ("dec", 12), ("MAY", 5), ("Foo", 0), ("", 0)])
def test_months(name: str, number: int) -> None:
    assert month_number(name) == number
