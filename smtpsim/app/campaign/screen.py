"""A campaign while it runs: on a terminal a progress bar and the picture as it grows, elsewhere nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from rich.console import Console, ConsoleOptions, RenderResult

from smtpsim.app.environment import Environment
from smtpsim.campaign.report import Report
from smtpsim.explain import Words
from smtpsim.render.rich.theme import line
from smtpsim.render.rows import laid_out
from smtpsim.views.campaign import campaign_panel
from smtpsim.views.row import Panel

if TYPE_CHECKING:
    from rich.live import Live
    from rich.progress import Progress, TaskID


class Screen(Protocol):
    def show(self, report: Report) -> None:
        """Show what there is of the report so far."""


class Dark:
    """No screen: nobody watches."""

    def show(self, report: Report) -> None:
        return None


class Lit:
    """The bar and the picture, drawn at most a few times a second."""

    def __init__(self, live: Live, bar: Progress, task: TaskID, say: Words) -> None:
        self._live, self._bar, self._task, self._say = live, bar, task, say

    def show(self, report: Report) -> None:
        from rich.console import Group

        from smtpsim.app.campaign.screen import PanelView

        run = report.runs[-1]
        name = self._say("campaign.clean" if run.hygiene else "campaign.as-it-is")
        told = self._say("campaign.running", what=name, day=run.mailings[-1].day)
        self._bar.update(self._task, completed=sum(len(run.mailings) for run in report.runs), description=told)
        self._live.update(Group(PanelView(campaign_panel(report, self._say)), self._bar))


@contextmanager
def screen(report: Report, say: Words, environment: Environment, quiet: bool, runs: int) -> Iterator[Screen]:
    """What the campaign's runs are shown on while they go on; it is gone afterwards."""
    if quiet or not environment.interactive:
        yield Dark()
        return
    from rich.console import Console
    from rich.live import Live
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    task = bar.add_task("", total=len(report.plan.mailings) * runs)
    with Live(console=Console(file=environment.err), transient=True, refresh_per_second=8) as live:
        yield Lit(live, bar, task, say)


class PanelView:
    """What is printed at the end of a replay. Fills the width that it is given; its lines never wrap."""

    def __init__(self, panel: Panel) -> None:
        self._panel = panel

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for section in self._panel.sections:
            for spans in laid_out(section, options.max_width):
                yield line(spans)
