"""Whoever goes beyond a limit is told so: the rows that `tests/bench/bench_limits.py` measures."""

from __future__ import annotations

import pytest

from tests.bench.limits import ROWS, Row


@pytest.mark.parametrize("row", ROWS, ids=[row.thing for row in ROWS])
def test_beyond_the_limit_one_is_told(row: Row) -> None:
    assert row.told in row.beyond()


@pytest.mark.parametrize("row", ROWS, ids=[row.thing for row in ROWS])
def test_what_is_measured_can_be_done(row: Row) -> None:
    row.work(2)
