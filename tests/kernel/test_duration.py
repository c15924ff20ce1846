"""Spans of time as people write them, in seconds."""

from __future__ import annotations

import pytest

from smtpsim.kernel.duration import DAY, HOUR, MINUTE, seconds

SPANS = {"90s": 90, "2m": 120, "4h": 14_400, "1d": 86_400, "1d12h": 129_600, "1H 30M": 5_400, "": None, "4": None}


@pytest.mark.parametrize("text", SPANS)
def test_a_span_in_seconds(text: str) -> None:
    assert seconds(text, 10 * DAY) == SPANS[text]


def test_a_span_has_a_limit() -> None:
    assert (MINUTE, HOUR, DAY) == (60, 3_600, 86_400)
    assert [seconds(text, 3_600) for text in ("60m", "3601s")] == [3_600, None]
