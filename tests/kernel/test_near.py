"""What was probably meant by a name that nothing has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.kernel.near import MOST, near

KNOWN = ("mx.hogefuga.com", "mx.example.net", "smtp.example.com", "pop.hogefuga.com", "First-Mail")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mx.hogefga.com", "mx.hogefuga.com"),
        ("MX.HOGEFUGE.COM", "mx.hogefuga.com"),
        ("first-mial", "First-Mail"),
        ("smtp.exmaple.com", "smtp.example.com"),
    ],
)
def test_a_slip_finds_the_name(typed: str, first: str) -> None:
    assert near(typed, KNOWN)[0] == first


@pytest.mark.parametrize("typed", ["", "x", "wholly.other.test"])
def test_other_names_find_nothing(typed: str) -> None:
    assert near(typed, KNOWN) == ()


@given(st.text(), st.lists(st.text(max_size=12)))
def test_only_known_names_are_offered_and_not_too_many(typed: str, known: list[str]) -> None:
    found = near(typed, known)
    assert set(found) <= set(known)
    assert len(found) <= MOST
