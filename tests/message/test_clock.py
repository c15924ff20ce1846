"""Dates as RFC 5322 3.3 has them, the same as the standard library writes."""

from __future__ import annotations

from email.utils import formatdate

from hypothesis import given
from hypothesis import strategies as st

from smtpsim.message.dates import date


@given(st.integers(0, 221_876_928_000))
def test_it_is_what_the_standard_library_writes(seconds: int) -> None:
    assert date(seconds) == formatdate(seconds).replace("-0000", "+0000")


def test_the_epoch() -> None:
    assert date(0) == "Thu, 01 Jan 1970 00:00:00 +0000"
