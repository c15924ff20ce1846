"""The application around a state: keys, containers and the player, on whatever terminal it is given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from prompt_toolkit.application import Application
from prompt_toolkit.history import History
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import merge_key_bindings
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.styles import DynamicStyle

from smtpsim.app.tui.form.keys import form_bindings
from smtpsim.app.tui.form.screen import FormScreen
from smtpsim.app.tui.keys import key_bindings
from smtpsim.app.tui.layout import Screen
from smtpsim.app.tui.line import input_buffer, input_control
from smtpsim.app.tui.presenter.keys import present_bindings
from smtpsim.app.tui.presenter.player import Player, Timer
from smtpsim.app.tui.state import State
from smtpsim.app.tui.still import compare_by_rows
from smtpsim.app.tui.style import style_sheet
from smtpsim.shell.autosave import Autosave

ESCAPE_PAUSE = 0.05
"""Seconds after which a lone Esc is the key itself, and not the beginning of another key's sequence."""


def build(
    state: State,
    autosave: Autosave,
    history: History,
    input: Input | None = None,
    output: Output | None = None,
) -> Application[None]:
    """The application; without `input` and `output` it is on the terminal of this process. Several can run in one
    event loop, each on a terminal of its own."""
    compare_by_rows()
    screen_output = output or create_output()
    buffer = input_buffer(state, history)

    def size() -> tuple[int, int]:
        now = screen_output.get_size()
        return now.columns, now.rows

    def later(seconds: float, then: Callable[[], None]) -> Timer:
        return asyncio.get_running_loop().call_later(seconds, then)

    def drawn() -> None:
        application.invalidate()

    def after() -> None:
        if not state.stepping:  # a recording is on disk already
            autosave.follow(state.timeline)
        player.follow()
        form.follow(application.layout, line)
        if state.leaving:
            application.exit()

    line, form = input_control(state, buffer), FormScreen(state, size)
    screen = Screen(state, line, size, form.container)
    player = Player(state, later, buffer, drawn)
    bindings = [
        key_bindings(state, buffer, screen, after),
        present_bindings(state, buffer, player, after),
        form_bindings(state, form, after),
    ]
    application: Application[None] = Application(
        layout=screen.layout(),
        style=DynamicStyle(lambda: style_sheet(state.theme)),
        include_default_pygments_style=False,
        key_bindings=merge_key_bindings(bindings),
        full_screen=True,
        mouse_support=True,
        input=input,
        output=screen_output,
    )
    application.ttimeoutlen = ESCAPE_PAUSE
    application.pre_run_callables.append(player.follow)
    application.key_processor.after_key_press += lambda sender: player.touched()
    return application
