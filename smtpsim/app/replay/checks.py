"""Several recordings in a row: each is played whatever becomes of the others, and a table says what they came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from smtpsim.app.environment import Environment
from smtpsim.app.overwriting import save
from smtpsim.app.replay.outputs import Checked, Output, perform, told
from smtpsim.explain import Words
from smtpsim.kernel.failure import Failure
from smtpsim.kernel.printable import printable
from smtpsim.shell.opening import Choice
from smtpsim.shell.recording import Recording, open_recording

CHECK = ("check",)
"""The outputs of a check alone."""


class Plan(NamedTuple):
    """How recordings are opened: their format, the common options, whether their replies are the truth, and whether
    what AUTH sent is shown."""

    form: str
    choice: Choice
    as_recorded: bool = False
    keep_secrets: bool = False


def opened(name: str, plan: Plan, say: Words) -> Recording:
    """One of them. Raises Failure in one line."""
    recording = open_recording(name, plan.form, plan.choice, say, plan.as_recorded)
    return recording if plan.keep_secrets else recording.redacted()


def play_all(names: Sequence[str], plan: Plan, output: Output, say: Words) -> list[Checked]:
    """Play each and print what was asked for; the check of several ends with a table. A file that cannot be played is
    one line on standard error."""
    environment = output.environment
    if output.kinds != CHECK or len(names) == 1:
        return [_reported(_played(name, plan, output, say), environment) for name in names]
    quiet, checked = output._replace(kinds=()), []
    with progress(len(names), say("replay.checking"), environment) as done:
        for name in names:
            checked.append(_played(name, plan, quiet, say))
            done()
    for one in checked:
        _reported(one, environment)
        for line in told(one.name, one.differences, environment.columns, say):
            output.put(line)
    for line in summary(checked, say):
        output.put(line)
    return checked


def status(checked: Sequence[Checked], check: bool) -> int:
    """The exit status: 2 when a file could not be played, 1 when a check found a difference."""
    if any(one.wrong for one in checked):
        return 2
    return 1 if check and any(one.differences for one in checked) else 0


def _played(name: str, plan: Plan, output: Output, say: Words) -> Checked:
    try:
        return perform(opened(name, plan, say), output, say)
    except Failure as wrong:
        return Checked(name, wrong=str(wrong))


def _reported(checked: Checked, environment: Environment) -> Checked:
    if checked.wrong:
        environment.out.flush()
        print(f"smtpsim: {printable(' '.join(checked.wrong.split()))}", file=environment.err)
    return checked


def summary(checked: Sequence[Checked], say: Words) -> Iterator[str]:
    """A row a file, and a line on all of them."""
    from smtpsim.render.columns import table

    heads = [say(f"replay.{key}") for key in ("file", "replies", "differences", "result")]
    rows = [[printable(one.name), str(one.replies), str(len(one.differences)), say(_result(one))] for one in checked]
    yield from table([heads, *rows])
    counts = {key: sum(_result(one) == f"replay.{key}" for one in checked) for key in ("as-recorded", "differs")}
    good, differ = counts["as-recorded"], counts["differs"]
    unreadable = len(checked) - good - differ
    yield say("replay.total", files=len(checked), good=good, differ=differ, unreadable=unreadable)


def _result(checked: Checked) -> str:
    if checked.wrong:
        return "replay.unreadable"
    return "replay.differs" if checked.differences else "replay.as-recorded"


def write_junit(path: str, checked: Sequence[Checked], say: Words, environment: Environment) -> None:
    """Write the outcome as JUnit XML. Raises Failure in one line."""
    from smtpsim.render.beside import WIDE
    from smtpsim.render.junit import Case, junit

    def case(one: Checked) -> Case:
        differ = say("replay.differ", name=one.name, count=len(one.differences), total=one.replies)
        details = tuple(told(one.name, one.differences, WIDE, say))
        return Case(one.name, differ if one.differences else "", one.wrong, details)

    save(path, junit([case(one) for one in checked]), say, environment)


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
