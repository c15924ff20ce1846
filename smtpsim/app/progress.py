"""A progress bar on standard error, where that is a terminal; elsewhere nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from smtpsim.app.environment import Environment


@contextmanager
def progress(total: int, what: str, environment: Environment) -> Iterator[Callable[[], None]]:
    """Gives the function to call at each step that is done. The bar is gone at the end."""
    if not environment.err.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(file=environment.err), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
