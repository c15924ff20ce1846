"""Who is let in, and who is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.app.classroom.record import file_name
from smtpsim.app.classroom.roster import (
    LONGEST_ALIAS,
    MOST_FROM_ADDRESS,
    MOST_KNOCKS,
    MOST_PUPILS,
    PAUSE,
    TRIES,
    TRIES_OF_ALL,
    Joined,
    Knock,
    NotJoined,
    Roster,
    clean,
    folded,
)
from smtpsim.kernel.printable import printable

CODE = "123456"


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def roster(*allowed: str) -> tuple[Roster[str], Clock]:
    clock = Clock()
    return Roster(lambda alias: f"place of {alias}", clock, CODE, allowed), clock


def test_a_pupil_joins_by_the_code_and_comes_back_by_the_secret() -> None:
    found, _ = roster()
    joined = found.join("a", f" {CODE} ", "Ann")
    assert isinstance(joined, Joined)
    assert (joined.alias, joined.member) == ("Ann", "place of Ann")
    secret: str = joined.secret
    assert found.back("a", "ann", secret) == joined
    assert found.join("a", "", "Ann", secret) == joined
    assert len(found) == 1


@pytest.mark.parametrize(
    ("code", "alias", "key"),
    [
        ("123457", "Bob", "wrong-code"),
        ("", "Bob", "wrong-code"),
        (CODE, "", "alias-missing"),
        (CODE, "\x1b\u202e", "alias-missing"),
        (CODE, "ann", "alias-taken"),
        (CODE, "\uff21nn", "alias-taken"),
        (CODE, " Ann ", "alias-taken"),
    ],
)
def test_who_is_not_let_in(code: str, alias: str, key: str) -> None:
    found, _ = roster()
    found.join("a", CODE, "Ann")
    assert found.join("a", code, alias) == NotJoined(key)
    assert len(found) == 1


def test_a_name_of_somebody_else_is_no_use_without_the_secret() -> None:
    found, _ = roster()
    assert isinstance(found.join("a", CODE, "Ann"), Joined)
    assert found.back("a", "Ann", "") == NotJoined("not-joined")
    assert found.back("a", "Ann", "x" * 24) == NotJoined("not-joined")


def test_only_names_on_the_list() -> None:
    found, _ = roster("Ann", "Ｂｏｂ")
    assert found.join("a", CODE, "Eve") == NotJoined("alias-not-listed")
    assert isinstance(found.join("a", CODE, "bob"), Joined)


def test_a_class_has_an_end() -> None:
    found, _ = roster()
    for number in range(MOST_PUPILS):
        found.admit(f"p{number}")
    assert found.join("a", CODE, "one more") == NotJoined("class-full")


def test_guessing_is_slow_from_one_address_and_from_many() -> None:
    found, clock = roster()
    for _ in range(TRIES):
        assert found.join("a", "0", "Ann") == NotJoined("wrong-code")
    assert found.join("a", CODE, "Ann") == NotJoined("too-many-tries")
    assert isinstance(found.join("b", CODE, "Ann"), Joined)
    clock.seconds = PAUSE + 1
    assert isinstance(found.join("a", CODE, "Bob"), Joined)
    for number in range(TRIES_OF_ALL):
        found.join(f"stranger {number}", "0", "Eve")
    assert found.join("yet another", CODE, "Eve") == NotJoined("too-many-tries")


def test_one_address_has_so_many_names_and_the_class_has_room_for_others() -> None:
    found, _ = roster()
    for number in range(MOST_FROM_ADDRESS):
        assert isinstance(found.join("192.0.2.7", CODE, f"p{number}"), Joined)
    assert found.join("192.0.2.7", CODE, "one more") == NotJoined("too-many-names")
    assert isinstance(found.join("192.0.2.8", CODE, "Ann"), Joined)
    assert found.remove("p3")
    assert isinstance(found.join("192.0.2.7", CODE, "one more"), Joined)


def test_the_teachers_own_machine_may_have_all_names() -> None:
    found, _ = roster()
    joined = [found.join("127.0.0.1", CODE, f"p{number}") for number in range(MOST_PUPILS)]
    assert all(isinstance(one, Joined) for one in joined)


def test_who_is_turned_away_is_remembered_the_latest_first() -> None:
    found, _ = roster()
    found.join("192.0.2.7", "0", "Eve")
    found.join("192.0.2.8", CODE, "")
    found.join("192.0.2.7", CODE, "Ann")
    found.back("192.0.2.7", "Ann", "guessed")
    assert found.knocks == (Knock("192.0.2.7", 2, "not-joined"), Knock("192.0.2.8", 1, "alias-missing"))
    for number in range(MOST_KNOCKS + 5):
        found.join(f"198.51.100.{number}", "0", "Eve")
    assert len(found.knocks) == MOST_KNOCKS


def test_who_was_removed_cannot_come_back_and_the_name_is_free() -> None:
    found, _ = roster()
    eve = found.join("a", CODE, "Eve")
    assert isinstance(eve, Joined)
    assert found.remove("eve")
    assert not found.remove("eve")
    assert found.back("a", "Eve", eve.secret) == NotJoined("not-joined")
    assert isinstance(found.join("b", CODE, "Eve"), Joined)


def test_with_another_code_who_is_there_stays() -> None:
    found, _ = roster()
    ann = found.join("a", CODE, "Ann")
    assert isinstance(ann, Joined)
    while found.code == CODE:
        found.renew()
    assert found.join("a", CODE, "Bob") == NotJoined("wrong-code")
    assert found.back("a", "Ann", ann.secret) == ann


@given(st.text())
def test_an_alias_is_one_short_line_that_can_be_shown(text: str) -> None:
    alias = clean(text)
    assert len(alias) <= LONGEST_ALIAS
    assert printable(alias) == alias
    assert alias == alias.strip()
    assert clean(alias) == alias


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_pupils_never_share_a_file(one: str, other: str) -> None:
    first, second = clean(one), clean(other)
    assert "/" not in file_name(first)
    assert not first or not file_name(first).startswith(".")
    if first and second and folded(first) != folded(second):
        assert file_name(first) != file_name(second)
    assert folded(first) == folded(clean(one))
