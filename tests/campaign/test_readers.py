"""What readers do, and who is taken off the list."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.campaign.plan import Plan
from smtpsim.campaign.readers import Read, Readers

SIZE = 20_000


def read(plan: Plan, junked: bool = False) -> Read:
    return Readers(SIZE).read(plan, Random("x"), junked)


def test_as_many_open_confirm_and_complain_as_the_plan_says() -> None:
    found = read(Plan(complaints=0.01, opens=0.3, receipts=0.5))
    assert found.complaints == pytest.approx(0.01 * SIZE, rel=0.2)
    assert found.opened == pytest.approx(0.3 * SIZE, rel=0.05)
    assert found.receipts == pytest.approx(0.15 * SIZE, rel=0.1)


def test_mail_among_the_junk_is_looked_at_less() -> None:
    plan = Plan(complaints=0.1, opens=0.3)
    inbox, junk = read(plan), read(plan, junked=True)
    assert junk.opened < inbox.opened / 5
    assert junk.complaints < inbox.complaints / 5


def test_the_same_chance_gives_the_same_readers() -> None:
    assert read(Plan()) == read(Plan())


def test_nobody_does_what_has_no_chance() -> None:
    assert read(Plan(complaints=0, opens=0, receipts=1)) == Read()


def test_who_complains_is_taken_off_and_who_opens_stays() -> None:
    people = Readers(1000)
    found = people.read(Plan(complaints=0.2, opens=0.3), Random("x"), junked=False)
    assert people.take_off(1) == 1000 - found.opened
    assert people.left == found.opened


@given(st.integers(0, 50), st.integers(1, 6), st.integers(1, 6))
def test_who_could_not_open_for_so_long_is_taken_off(size: int, mailings: int, limit: int) -> None:
    people = Readers(size)
    for _ in range(mailings):
        people.passed_over()
    assert people.take_off(limit) == (size if mailings >= limit else 0)
