"""What stands in for rpds in the single file does what rpds does."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
import rpds
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.app.bundle import persistent

KEYS = st.integers(0, 9)
CHANGES = st.lists(st.tuples(st.sampled_from(("insert", "remove", "discard", "update")), KEYS, KEYS), max_size=60)


def outcome(change: Any, *arguments: Any) -> Any:
    """What a change gives, or the kind of error that it raises."""
    try:
        return change(*arguments)
    except (KeyError, IndexError) as wrong:
        return type(wrong)


def changed(before: Any, name: str, key: int, value: int) -> Any:
    if name == "update":
        return before.update({key: value, key + 1: value}, [(key, value + 1)])
    return before.insert(key, value) if name == "insert" else getattr(before, name)(key)


def front(value: Any) -> Any:
    return value.first


@given(CHANGES)
def test_maps(changes: list[tuple[str, int, int]]) -> None:
    ours: Any = persistent.HashTrieMap({1: 1})
    theirs: Any = rpds.HashTrieMap({1: 1})
    for name, key, value in changes:
        kept = dict(ours)
        new, wanted = (outcome(changed, one, name, key, value) for one in (ours, theirs))
        assert dict(ours) == kept, "the one before stays as it was"
        if wanted is KeyError:
            assert new is KeyError
            continue
        ours, theirs = new, wanted
        assert dict(ours.items()) == dict(theirs.items())
        assert sorted(ours) == sorted(ours.keys()) == sorted(theirs)
        assert sorted(ours.values()) == sorted(theirs.values())
        assert (len(ours), ours.get(key), key in ours) == (len(theirs), theirs.get(key), key in theirs)
        assert ours == persistent.HashTrieMap(dict(theirs))
        assert hash(ours) == hash(persistent.HashTrieMap(dict(theirs)))


@given(CHANGES)
def test_sets(changes: list[tuple[str, int, int]]) -> None:
    ours: Any = persistent.HashTrieSet([1])
    theirs: Any = rpds.HashTrieSet([1])
    for name, key, _ in changes:
        if name == "update":
            continue
        new, wanted = (outcome(getattr(one, name), key) for one in (ours, theirs))
        if wanted is KeyError:
            assert new is KeyError
            continue
        ours, theirs = new, wanted
        assert sorted(ours) == sorted(theirs)
        assert (len(ours), key in ours) == (len(theirs), key in theirs)
        assert ours == persistent.HashTrieSet(theirs)
        assert hash(ours) == hash(persistent.HashTrieSet(theirs))


@given(st.lists(KEYS), st.lists(st.one_of(KEYS, st.none())))
def test_lists(start: list[int], changes: list[int | None]) -> None:
    """A number is put before the others, None takes the first away."""
    ours: Any = persistent.List(start)
    theirs: Any = rpds.List(start)
    for value in changes:
        new, wanted = (
            outcome(one.drop_first) if value is None else outcome(one.push_front, value) for one in (ours, theirs)
        )
        if wanted is IndexError:
            assert new is IndexError
            continue
        ours, theirs = new, wanted
        assert (list(ours), len(ours)) == (list(theirs), len(theirs))
        assert outcome(front, ours) == outcome(front, theirs)
        assert list(ours.rest) == list(theirs.rest)
        assert ours == persistent.List(theirs)
        assert hash(ours) == hash(persistent.List(theirs))


def test_a_list_of_its_elements() -> None:
    assert list(persistent.List("ab", "cd")) == list(rpds.List("ab", "cd")) == ["ab", "cd"]


@given(st.lists(KEYS), st.lists(KEYS))
def test_queues(start: list[int], more: list[int]) -> None:
    ours: Any = persistent.Queue(start)
    theirs: Any = rpds.Queue(start)
    for value in more:
        ours, theirs = ours.enqueue(value), theirs.enqueue(value)
    assert (list(ours), len(ours)) == (list(theirs), len(theirs))
    assert ours == persistent.Queue(theirs)
    assert hash(ours) == hash(persistent.Queue(theirs))


@pytest.mark.parametrize(
    "value",
    [
        persistent.HashTrieMap({1: "a"}),
        persistent.HashTrieSet("ab"),
        persistent.List(range(100_000)),
        persistent.Queue(range(100_000)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_is_pickled_and_read_back_whatever_its_length(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
