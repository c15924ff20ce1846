"""What does not change between two key presses is drawn once: windows that keep their cells, and a comparison of
screens that passes over equal rows.

A key press changes the line that is typed on; dialogue, panel and bars stay. prompt_toolkit copies every cell of every
window into a new screen and compares all cells with those of the last one, in Python: 120x36 cells twice. That was nine
tenths of the cost of a key, and forty screens in one process could not keep up with typing. A redraw of the input line
alone, past the renderer, was tried and given up: completion menus and wide letters need the renderer's own state.
"""

from __future__ import annotations

from typing import Any

from prompt_toolkit import renderer
from prompt_toolkit.layout.containers import Window
from prompt_toolkit.layout.mouse_handlers import MouseHandlers
from prompt_toolkit.layout.screen import Screen, WritePosition


class StillWindow(Window):
    """A window whose control gives the same content as long as nothing has changed: its cells are kept as well."""

    _content: object = None
    _place: tuple[object, ...] = ()
    _cells: Screen
    _handlers: MouseHandlers

    def _write_to_screen_at_index(
        self,
        screen: Screen,
        mouse_handlers: MouseHandlers,
        write_position: WritePosition,
        parent_style: str,
        erase_bg: bool,
    ) -> None:
        at = write_position
        if at.height <= 0 or at.width <= 0:
            return
        content = self.content.create_content(at.width, at.height)
        place = (at.xpos, at.ypos, at.width, at.height, parent_style, erase_bg)
        if content is not self._content or place != self._place:
            self._cells, self._handlers = Screen(), MouseHandlers()
            super()._write_to_screen_at_index(self._cells, self._handlers, at, parent_style, erase_bg)
            self._content, self._place = content, place
        for row, cells in self._cells.data_buffer.items():
            screen.data_buffer[row].update(cells)
        for row, handlers in self._handlers.mouse_handlers.items():
            mouse_handlers.mouse_handlers[row].update(handlers)
        screen.width, screen.height = max(screen.width, self._cells.width), max(screen.height, self._cells.height)
        screen.visible_windows_to_write_positions[self] = at


_compare = renderer._output_screen_diff


def _compare_rows(
    app: Any,
    output: Any,
    screen: Screen,
    current_pos: Any,
    color_depth: Any,
    previous_screen: Screen | None,
    *rest: Any,
    **more: Any,
) -> Any:
    """The same as prompt_toolkit's own comparison of all cells, which finds nothing to do in an empty row: rows that
    are equal are empty for it."""
    # The comparison fills in blank cells where a row had none: a row is then no longer what was drawn, its copy is.
    drawn = {row: dict(cells) for row, cells in screen.data_buffer.items()}
    last = getattr(previous_screen, "drawn", None)
    screen.drawn = drawn  # type: ignore[attr-defined]
    if previous_screen is None or last is None:
        return _compare(app, output, screen, current_pos, color_depth, previous_screen, *rest, **more)
    now, before = screen.data_buffer, previous_screen.data_buffer
    same = [row for row, cells in drawn.items() if last.get(row) == cells and not screen.zero_width_escapes.get(row)]
    kept = [(row, now.pop(row), before.pop(row)) for row in same]
    try:
        return _compare(app, output, screen, current_pos, color_depth, previous_screen, *rest, **more)
    finally:
        for row, cells, old in kept:
            now[row], before[row] = cells, old


def compare_by_rows() -> None:
    """Let every application of this process compare screens so. The function is private to prompt_toolkit; a test holds
    it against the original, cell by cell, so that a version that changes it is noticed."""
    renderer._output_screen_diff = _compare_rows
