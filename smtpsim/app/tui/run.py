"""The way in: from the first turn to the exit status."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.history import History
from prompt_toolkit.key_binding import merge_key_bindings
from prompt_toolkit.output import create_output

from smtpsim.app.tui.form.keys import form_bindings
from smtpsim.app.tui.form.screen import FormScreen
from smtpsim.app.tui.history import LineHistory
from smtpsim.app.tui.keys import key_bindings
from smtpsim.app.tui.layout import Screen
from smtpsim.app.tui.line import input_buffer, input_control
from smtpsim.app.tui.presenter.actions import present
from smtpsim.app.tui.presenter.keys import present_bindings
from smtpsim.app.tui.presenter.player import Player, Timer
from smtpsim.app.tui.state import State
from smtpsim.app.tui.style import style_sheet
from smtpsim.explain import words
from smtpsim.session.turn import Turn
from smtpsim.shell.autosave import Autosave
from smtpsim.shell.opening import Choice
from smtpsim.shell.paths import history_path, keep_lost

if TYPE_CHECKING:
    from smtpsim.app.tui.presenter.presentation import Manner
    from smtpsim.transcript.show import Show

ESCAPE_PAUSE = 0.05
"""Seconds after which a lone Esc is the key itself, and not the beginning of another key's sequence."""

SHIPPED = Choice()
"""The choice that `:open` goes by when there was none: the shipped world."""


def run(first: Turn, lang: str, choice: Choice = SHIPPED) -> int:
    """Show the full screen until the person leaves; gives the exit status."""
    state = State(first, words(lang), choice)
    if keep_lost():
        state.tell("repl.lost")
    return _shown(state)


def step(shows: Sequence[Show], manner: Manner, lang: str, choice: Choice = SHIPPED) -> int:
    """Show recordings that were played, from the title card of the first on, until the person leaves.

    Whoever types goes on from the step that is shown, and can come back to it.
    """
    state = State(shows[0].turns[0], words(lang), choice)
    present(state, shows, manner.pace)
    state.large = manner.large
    return _shown(state)


def _shown(state: State) -> int:
    keeper = Autosave()
    build(state, keeper, LineHistory(history_path())).run()
    keeper.close()
    return state.status


def build(state: State, keeper: Autosave, history: History) -> Application[None]:
    """The application around a state: it writes to the terminal of this process."""
    output = create_output()
    buffer = input_buffer(state, history)

    def size() -> tuple[int, int]:
        now = output.get_size()
        return now.columns, now.rows

    def later(seconds: float, then: Callable[[], None]) -> Timer:
        return asyncio.get_running_loop().call_later(seconds, then)

    def drawn() -> None:
        application.invalidate()

    def after() -> None:
        if not state.stepping:  # a recording is on disk already
            keeper.follow(state.timeline)
        player.follow()
        form.follow(application.layout, line)
        if state.leaving:
            application.exit()

    line, form = input_control(state, buffer), FormScreen(state, size)
    screen = Screen(state, line, size, form.container)
    player = Player(state, later, buffer, drawn)
    application: Application[None] = Application(
        layout=screen.layout(),
        style=style_sheet(),
        include_default_pygments_style=False,
        key_bindings=merge_key_bindings(
            [
                key_bindings(state, buffer, screen, after),
                present_bindings(state, buffer, player, after),
                form_bindings(state, form, after),
            ]
        ),
        full_screen=True,
        mouse_support=True,
        output=output,
    )
    application.ttimeoutlen = ESCAPE_PAUSE
    application.pre_run_callables.append(player.follow)
    application.key_processor.after_key_press += lambda sender: player.touched()
    return application
