"""Screens drawn with kept cells look like those that prompt_toolkit draws anew, and equal rows cost nothing."""

from __future__ import annotations

import io
from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit import renderer
from prompt_toolkit.data_structures import Point, Size
from prompt_toolkit.layout.screen import Char, Screen
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import DEFAULT_ATTRS, DummyStyleTransformation

from smtpsim.app.tui import still
from smtpsim.app.tui.panes import Still

COLUMNS, ROWS = 30, 6


class Stream(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise io.UnsupportedOperation


def screen_of(lines: list[str]) -> Screen:
    screen = Screen()
    screen.height = ROWS
    for row, line in enumerate(lines):
        column = 0
        for letter in line:
            char = Char(letter, "class:x" if letter == "s" else "")
            screen.data_buffer[row][column] = char
            column += char.width or 1
    return screen


def drawn(compare: Any, frames: list[list[str]]) -> list[str]:
    """What a terminal shows when these screens follow one another."""
    stream, terminal = Stream(), pyte.Screen(COLUMNS, ROWS)
    feed = pyte.Stream(terminal)
    output = Vt100_Output(stream, lambda: Size(ROWS, COLUMNS), term="xterm")
    attrs, has = renderer._StyleStringToAttrsCache(lambda style: DEFAULT_ATTRS, DummyStyleTransformation()), _HasStyle()
    position, style, last, shown = Point(0, 0), None, None, []
    for lines in frames:
        screen = screen_of(lines)
        app: Any = _App()
        position, style = compare(
            app, output, screen, position, ColorDepth.DEFAULT, last, style, False,
            full_screen=True, attrs_for_style_string=attrs, style_string_has_style=has, size=Size(ROWS, COLUMNS),
            previous_width=COLUMNS if last else 0,
        )  # fmt: skip
        last = screen
        output.flush()
        feed.feed(stream.getvalue())
        stream.seek(0)
        stream.truncate()
        shown.append("\n".join("".join(terminal.buffer[y][x].data for x in range(COLUMNS)) for y in range(ROWS)))
    return shown


class _Layout:
    current_window = None


class _App:
    """As much of an application as a comparison looks at."""

    layout = _Layout()


class _HasStyle(dict[str, bool]):
    def __missing__(self, style: str) -> bool:
        return bool(style)


LINES = st.lists(st.text("ab s漢\N{HIRAGANA LETTER A}", max_size=12), max_size=ROWS)


@given(st.lists(LINES, min_size=1, max_size=5))
def test_a_terminal_shows_the_same(frames: list[list[str]]) -> None:
    assert drawn(still._compare_rows, frames) == drawn(still._compare, frames)


def test_equal_rows_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def compare(app: Any, output: Any, screen: Screen, *rest: Any, **more: Any) -> tuple[Point, None]:
        looked.extend(row for row, cells in screen.data_buffer.items() if cells)
        return Point(0, 0), None

    monkeypatch.setattr(still, "_compare", compare)
    drawn(still._compare_rows, [["same", "one"], ["same", "two"]])
    assert looked == [0, 1, 1]


def test_the_same_rows_are_the_same_content() -> None:
    kept = Still()
    first = kept.content([[("", "a")]])
    assert kept.content([[("", "a")]]) is first
    assert kept.content([[("", "b")]]) is not first
