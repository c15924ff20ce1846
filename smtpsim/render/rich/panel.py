"""A panel: its sections one below the other."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, RenderResult

from smtpsim.render.rich.section import SectionView
from smtpsim.views.row import Panel


class PanelView:
    """What stands beside the dialogue, or is printed at the end of a replay."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for section in self._panel.sections:
            yield SectionView(section)
