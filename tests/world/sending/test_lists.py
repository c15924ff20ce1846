"""Suppression lists: who is held back for whom, in each of the three ways that services go about it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.world.sending.account import Account
from smtpsim.world.sending.lists import (
    EMPTY,
    LIFETIME,
    MODES,
    Listed,
    Lists,
    bounced,
    complained,
    find,
    names,
    without,
)

A, B = Account("a"), Account("b")
OLD = Account("old", own_list=False)
REFUSED = Listed(1000, "a", "bounce", "550 no")
SPAM = Listed(1000, "a", "complaint")
HANAKO = "hanako@phone.example"


def called(lists: Lists, mode: str, account: Account, now: int = 2000) -> tuple[str, bool, bool] | None:
    found = find(lists, mode, account, HANAKO, now)
    return (found.called, found.counted, found.told) if found else None


SHARED = ("Permanent/Suppressed", True, True)
OWN = ("Permanent/OnAccountSuppressionList", False, True)
DROPPED = ("Dropped/Bounced Address", False, False)


@pytest.mark.parametrize(
    ("mode", "for_a", "for_b", "for_old"),
    [
        # the mission: one list for all customers of the region
        ("shared", SHARED, SHARED, SHARED),
        # Amazon SES today: "your account-level suppression list overrides the global suppression list for your account
        # only"; who has none goes by the global list
        ("vendor", OWN, None, SHARED),
        # SendGrid: lists within an account; a mail to who is on it is dropped
        ("account", DROPPED, None, None),
    ],
)
def test_whom_a_hard_bounce_of_a_holds_back(mode: str, for_a: object, for_b: object, for_old: object) -> None:
    lists = bounced(EMPTY, mode, A, HANAKO, REFUSED)
    assert (called(lists, mode, A), called(lists, mode, B), called(lists, mode, OLD)) == (for_a, for_b, for_old)


@pytest.mark.parametrize(
    ("mode", "for_a", "for_b"),
    [
        ("shared", None, None),
        ("vendor", OWN, None),
        ("account", ("Dropped/Spam Reporting Address", False, False), None),
    ],
)
def test_whom_a_complaint_about_a_holds_back(mode: str, for_a: object, for_b: object) -> None:
    lists = complained(EMPTY, mode, A, HANAKO, SPAM)
    assert (called(lists, mode, A), called(lists, mode, B)) == (for_a, for_b)


@pytest.mark.parametrize(
    ("mode", "account", "kept"),
    [("shared", A, False), ("vendor", OLD, False), ("vendor", A, True), ("account", A, True)],
)
def test_the_list_of_all_forgets_after_14_days_and_an_account_s_own_never(
    mode: str, account: Account, kept: bool
) -> None:
    lists = bounced(EMPTY, mode, account, HANAKO, REFUSED)
    assert called(lists, mode, account, REFUSED.since + LIFETIME - 1)
    assert (called(lists, mode, account, REFUSED.since + LIFETIME) is not None) == kept


def test_a_second_bounce_begins_the_14_days_anew() -> None:
    lists = bounced(EMPTY, "shared", A, HANAKO, REFUSED)
    lists = bounced(lists, "shared", B, HANAKO, Listed(500_000, "b", "bounce"))
    found = find(lists, "shared", A, HANAKO, 1000 + LIFETIME)
    assert found is not None
    assert found.listed.account == "b"


Add = Callable[[Lists, str, Account, str, Listed], Lists]
News = tuple[Add, str, Account, str]

ADDRESSES = st.sampled_from(["a@x.example", "b@x.example", "c@x.example"])
ACCOUNTS = st.sampled_from([A, B, OLD])
NEWS = st.lists(
    st.tuples(st.sampled_from([bounced, complained]), st.sampled_from(sorted(MODES)), ACCOUNTS, ADDRESSES), max_size=30
)


@given(NEWS, ADDRESSES)
def test_who_is_taken_off_is_held_back_for_nobody_and_all_others_as_before(news: list[News], address: str) -> None:
    lists = EMPTY
    for add, mode, account, who in news:
        lists = add(lists, mode, account, who, REFUSED)
    left = without(lists, address)
    assert not names(left, address)
    for other in {who for *_, who in news} - {address}:
        assert names(left, other) == names(lists, other)
        for mode in MODES:
            for account in (A, B, OLD):
                assert find(left, mode, account, other, 2000) == find(lists, mode, account, other, 2000)
                assert find(left, mode, account, address, 2000) is None


@given(NEWS, ACCOUNTS, ADDRESSES)
def test_nobody_else_s_complaints_or_own_list_hold_a_mail_back(
    news: list[News], account: Account, address: str
) -> None:
    """With a list of its own, only what concerns this account does; where it goes by the list of all, any bounce."""
    for mode, rules in MODES.items():
        lists = EMPTY
        for add, _, other, who in news:
            lists = add(lists, mode, other, who, REFUSED)
        if rules.scopes(account) == ("own",):
            concerning = any(other == account and who == address and account.own_list for _, _, other, who in news)
        else:
            concerning = any(add is bounced and who == address for add, _, _, who in news)
        assert (find(lists, mode, account, address, 2000) is not None) == concerning
