"""The full screen on the terminal of this process: from the first turn to the exit status."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from prompt_toolkit.history import History, InMemoryHistory

from smtpsim.app.event_loop import on_signals
from smtpsim.app.tui.actions import carry_out
from smtpsim.app.tui.build import build
from smtpsim.app.tui.history import LineHistory
from smtpsim.app.tui.presenter.actions import present
from smtpsim.app.tui.state import State
from smtpsim.explain import words
from smtpsim.session.simulation import Turn
from smtpsim.shell.answer import Begin
from smtpsim.shell.autosave import Autosave
from smtpsim.shell.course_book import untouched
from smtpsim.shell.opening import Choice
from smtpsim.shell.paths import history_path, keep_lost
from smtpsim.shell.place import SHIPPED

if TYPE_CHECKING:
    from prompt_toolkit.application import Application

    from smtpsim.app.tui.presenter.presentation import Manner
    from smtpsim.transcript.show import Show

ENDING = (signal.SIGTERM, signal.SIGHUP) if hasattr(signal, "SIGHUP") else (signal.SIGTERM,)
"""Signals that end the program from outside."""

BY_SIGNAL = 128
"""The exit status is this and the number of the signal, as a POSIX shell tells it."""


def run(first: Turn, lang: str, choice: Choice = SHIPPED) -> int:
    """Show the full screen until the person leaves; gives the exit status."""
    state = State(first, words(lang), choice)
    if keep_lost():
        state.tell("repl.lost")
    elif untouched():
        state.tell("lesson.offer")
    return _shown(state)


def run_lesson(begun: Begin, lang: str, choice: Choice) -> int:
    """Show a lesson from its first turn on."""
    state = State(begun.turns[0], words(lang), choice)
    carry_out(state, begun)
    if state.shell.in_exam:
        state.tell("lesson.exam")
        return _shown(state, InMemoryHistory())
    return _shown(state)


def step(shows: Sequence[Show], manner: Manner, lang: str, choice: Choice = SHIPPED) -> int:
    """Show recordings that were played, from the title card of the first on, until the person leaves.

    Whoever types goes on from the step that is shown, and can come back to it.
    """
    state = State(shows[0].turns[0], words(lang), choice)
    present(state, shows, manner.pace)
    state.large = manner.large
    return _shown(state)


def _shown(state: State, history: History | None = None) -> int:
    """A session that was ended by a signal, or by a mistake of ours, keeps its journal: `:recover` brings it back."""
    autosave = Autosave()
    application = build(state, autosave, history or LineHistory(history_path()))
    status = asyncio.run(_run(application))
    if status:
        return status
    autosave.close()
    return state.status


async def _run(application: Application[None]) -> int:
    """Run until the person leaves (0), or until a signal comes (128 and its number). The terminal is as it was before
    in either case, also where an exception goes through: it belongs to a mistake of ours, and is raised again."""
    loop = asyncio.get_running_loop()
    failed: list[BaseException] = []
    ended: list[int] = []

    def fail(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        failed.append(context.get("exception") or RuntimeError(context.get("message")))
        _exit(application)

    def end(number: int) -> None:
        ended.append(number)
        _exit(application)

    try:
        with on_signals({number: partial(end, number) for number in ENDING}):
            await _until_end(application.run_async(set_exception_handler=False), fail, loop)
    except (EOFError, OSError):  # the terminal has gone away, most often before SIGHUP came
        if not ended:
            ended.append(ENDING[-1])
    if failed:
        raise failed[0]
    return BY_SIGNAL + ended[0] if ended else 0


async def _until_end(
    running: Coroutine[Any, Any, None],
    fail: Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None],
    loop: asyncio.AbstractEventLoop,
) -> None:
    loop.set_exception_handler(fail)
    try:
        await running
    finally:
        loop.set_exception_handler(None)


def _exit(application: Application[None]) -> None:
    """An application that has begun to end cannot be told so again."""
    if application.is_running and application.future and not application.future.done():
        application.exit()
