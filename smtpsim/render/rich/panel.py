"""A panel as a rich renderable: its sections one below the other, each a title in a line across and rows in columns."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult

from smtpsim.render.rich.theme import line
from smtpsim.render.rows import laid_out
from smtpsim.views.row import Panel


class PanelView:
    """What is printed at the end of a replay. Fills the width that it is given; its lines never wrap."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for section in self._panel.sections:
            for spans in laid_out(section, options.max_width):
                yield line(spans)
