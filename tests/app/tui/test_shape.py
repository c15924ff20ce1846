"""How the screen is divided, from numbers alone."""

from __future__ import annotations

import pytest

from smtpsim.app.tui.shape import LEAST_COLUMNS, LEAST_ROWS, Body, Half, Showing, shape

BOTH, PANEL, DIALOGUE = Showing


@pytest.mark.parametrize(
    ("columns", "rows", "showing", "paging", "body"),
    [
        (120, 36, BOTH, False, Body.BESIDE),
        (110, 24, BOTH, False, Body.BESIDE),
        (109, 24, BOTH, False, Body.DIGEST),
        (80, 24, BOTH, False, Body.DIGEST),
        (80, 60, BOTH, False, Body.STACKED),
        (60, 18, BOTH, False, Body.DIGEST),
        (40, 10, BOTH, False, Body.DIALOGUE),
        (39, 24, BOTH, False, Body.NONE),
        (80, 7, BOTH, False, Body.NONE),
        (120, 36, PANEL, False, Body.PANEL),
        (120, 36, DIALOGUE, False, Body.DIALOGUE),
        (120, 36, DIALOGUE, True, Body.BESIDE),
        (80, 24, DIALOGUE, True, Body.PANEL),
        (80, 24, BOTH, True, Body.PANEL),
    ],
)
def test_what_is_shown(columns: int, rows: int, showing: Showing, paging: bool, body: Body) -> None:
    assert shape(columns, rows, showing, paging).body is body


@pytest.mark.parametrize("showing", Showing)
@pytest.mark.parametrize("paging", [False, True])
def test_everything_fits_at_every_size(showing: Showing, paging: bool) -> None:
    for columns in range(LEAST_COLUMNS, 260, 7):
        for rows in range(LEAST_ROWS, 90):
            found = shape(columns, rows, showing, paging)
            left = rows - found.explanation - found.title - found.keys - 1
            assert found.explanation >= 2
            if found.body is Body.BESIDE:
                assert 50 <= found.panel <= columns - 50
            else:
                assert left - found.panel >= 4


def test_a_wide_window_gives_the_panel_what_the_dialogue_does_not_need() -> None:
    assert [shape(columns, 60, BOTH).panel for columns in (110, 120, 200)] == [50, 54, 104]


def test_smaller_windows_give_up_the_bars_first() -> None:
    assert (shape(80, 24, BOTH).title, shape(80, 24, BOTH).keys) == (1, 1)
    assert (shape(40, 10, BOTH).title, shape(40, 10, BOTH).keys) == (0, 1)
    assert (shape(40, 9, BOTH).title, shape(40, 9, BOTH).keys) == (0, 0)


@pytest.mark.parametrize("chosen", Half)
def test_what_the_page_keys_scroll(chosen: Half) -> None:
    assert shape(120, 36, BOTH).scrolled(chosen) is chosen
    assert shape(80, 60, BOTH).scrolled(chosen) is chosen
    assert shape(80, 24, BOTH).scrolled(chosen) is Half.DIALOGUE
    assert shape(80, 24, PANEL).scrolled(chosen) is Half.PANEL
    assert shape(80, 24, BOTH, paging=True).scrolled(chosen) is Half.PANEL
