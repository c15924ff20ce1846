"""Names for letters: never twice, and the same for the same seed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smtpsim.world.load import shipped_world
from smtpsim.world.model import queue_id

WORLD = shipped_world()


def test_no_name_comes_twice() -> None:
    names = {queue_id(WORLD._replace(serial=serial)) for serial in range(20_000)}
    assert len(names) == 20_000


@given(st.integers(), st.integers(min_value=0))
def test_a_name_has_eight_digits_without_vowels(seed: int, serial: int) -> None:
    name = queue_id(WORLD._replace(seed=seed, serial=serial))
    assert len(name) == 8
    assert not set(name) - set("0123456789BCDFGHJKLMNPQRSTVWXYZ")
    assert name == queue_id(WORLD._replace(seed=seed, serial=serial))


def test_another_seed_gives_other_names() -> None:
    assert queue_id(WORLD) != queue_id(WORLD._replace(seed=1))
