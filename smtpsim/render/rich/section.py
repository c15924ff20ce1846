"""A section: its title in a line across, then its rows, in columns."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult

from smtpsim.render.rich.theme import line
from smtpsim.render.rows import laid_out
from smtpsim.views.row import Section


class SectionView:
    """Fills the width that it is given; its lines never wrap."""

    def __init__(self, section: Section) -> None:
        self._section = section

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for spans in laid_out(self._section, options.max_width):
            yield line(spans)
