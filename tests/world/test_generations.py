"""The memory that strangers cannot fill."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.world import generations
from smtpsim.world.generations import EMPTY, Generations

SPAN = 100

entries = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 80)), max_size=60)


@given(entries)
def test_an_entry_lives_one_span_at_least_and_two_at_most(said: list[tuple[int, int]]) -> None:
    now, memory = 0, EMPTY
    written: dict[object, int] = {}
    for key, pause in said:
        now += pause
        memory = memory.put(key, now, now, SPAN)
        written[key] = now
        for known, at in written.items():
            if now - at < SPAN:
                assert memory.get(known) == at
        for kept in (*memory.young, *memory.old):
            assert memory.get(kept) == written[kept]


@given(st.lists(st.integers(0, 1000), max_size=200))
def test_there_are_never_more_than_two_generations(keys: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generations, "MOST", 5)
        memory = EMPTY
        for key in keys:
            memory = memory.put(key, "x", 0, SPAN)
            assert memory.get(key) == "x"
            assert len(memory.young) <= 5
            assert len(memory.old) <= 5


def test_an_entry_can_be_forgotten_wherever_it_is() -> None:
    memory = EMPTY.put("old", 1, 0, SPAN).put("young", 2, SPAN, SPAN)
    assert isinstance(memory, Generations)
    assert (memory.get("old"), memory.get("young")) == (1, 2)
    forgotten = memory.without("old").without("young")
    assert (forgotten.get("old"), forgotten.get("young")) == (None, None)
