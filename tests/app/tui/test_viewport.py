"""Scrolling: which rows of a long text are shown."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpsim.app.tui.viewport import Frame, Place, Viewport
from smtpsim.render.fragments import Fragments


class Sample:
    """A text whose lines take so many rows each. It remembers which lines were laid out."""

    def __init__(self, sizes: Sequence[int], home: Place | None = None) -> None:
        self.sizes, self._home = sizes, home
        self.asked: list[int] = []

    def __len__(self) -> int:
        return len(self.sizes)

    def rows(self, line: int, columns: int) -> Sequence[Fragments]:
        self.asked.append(line)
        return [[("", f"{line}.{row}")] for row in range(self.sizes[line])]

    def home(self, columns: int, height: int) -> Place | None:
        return self._home


def shown(viewport: Viewport, text: Sample, height: int) -> list[str]:
    return [row[0][1] for row in viewport.show(Frame(text, 80, height))]


def test_the_end_is_followed() -> None:
    viewport = Viewport()
    assert shown(viewport, Sample([1, 1]), 4) == ["0.0", "1.0"]
    assert shown(viewport, Sample([1, 1, 3, 1]), 4) == ["2.0", "2.1", "2.2", "3.0"]
    assert shown(viewport, Sample([1, 9]), 4) == ["1.5", "1.6", "1.7", "1.8"]


def test_scrolling_back_stays_while_the_text_grows() -> None:
    viewport, text = Viewport(), Sample([1] * 10)
    shown(viewport, text, 4)
    viewport.scroll(-2)
    assert shown(viewport, text, 4) == ["4.0", "5.0", "6.0", "7.0"]
    text.sizes = [1] * 20
    assert shown(viewport, text, 4) == ["4.0", "5.0", "6.0", "7.0"]
    assert (viewport.above, viewport.below) == (True, True)


def test_back_at_the_end_the_text_is_followed_again() -> None:
    viewport, text = Viewport(), Sample([1] * 10)
    shown(viewport, text, 4)
    viewport.page(-1)
    viewport.page(1)
    text.sizes = [1] * 11
    assert shown(viewport, text, 4)[-1] == "10.0"
    assert not viewport.below


def test_neither_end_is_passed() -> None:
    viewport, text = Viewport(), Sample([2] * 5)
    shown(viewport, text, 4)
    viewport.scroll(-99)
    assert shown(viewport, text, 4) == ["0.0", "0.1", "1.0", "1.1"]
    viewport.scroll(99)
    assert shown(viewport, text, 4) == ["3.0", "3.1", "4.0", "4.1"]


def test_a_page_keeps_one_row_in_sight() -> None:
    viewport, text = Viewport(), Sample([1] * 20)
    last = shown(viewport, text, 5)
    viewport.page(-1)
    assert shown(viewport, text, 5)[-1] == last[0]


def test_a_text_may_begin_elsewhere() -> None:
    viewport, text = Viewport(), Sample([1] * 10, home=Place(2))
    assert shown(viewport, text, 4)[0] == "2.0"
    viewport.scroll(99)
    assert shown(viewport, text, 4)[0] == "6.0"
    viewport.follow()
    assert shown(viewport, text, 4)[0] == "2.0"


def test_nothing_to_show() -> None:
    viewport = Viewport()
    viewport.scroll(1)
    assert shown(viewport, Sample([]), 4) == []
    viewport.page(-1)
    assert not viewport.above


@pytest.mark.parametrize("back", [0, 3])
def test_only_what_is_looked_at_is_laid_out(back: int) -> None:
    viewport, text = Viewport(), Sample([1] * 100_000)
    shown(viewport, text, 30)
    viewport.scroll(-back)
    text.asked.clear()
    shown(viewport, text, 30)
    assert len(text.asked) <= 100


@given(
    st.lists(st.integers(1, 5), max_size=12), st.integers(1, 8), st.lists(st.integers(-9, 9), max_size=6), st.booleans()
)
def test_a_page_is_a_stretch_of_the_rows(sizes: list[int], height: int, moves: list[int], homed: bool) -> None:
    text = Sample(sizes, home=Place(0) if homed else None)
    every = [f"{line}.{row}" for line, size in enumerate(sizes) for row in range(size)]
    viewport = Viewport()
    seen = shown(viewport, text, height)
    for move in moves:
        viewport.scroll(move)
        seen = shown(viewport, text, height)
    assert len(seen) == min(height, len(every))
    start = every.index(seen[0]) if seen else 0
    assert every[start : start + len(seen)] == seen
