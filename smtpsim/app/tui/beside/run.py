"""The way in: from two recordings that were put side by side to the full screen."""

from __future__ import annotations

from prompt_toolkit.application import Application
from prompt_toolkit.output import create_output

from smtpsim.app.tui.beside.keys import key_bindings
from smtpsim.app.tui.beside.screen import Screen
from smtpsim.app.tui.beside.state import State
from smtpsim.app.tui.style import style_sheet
from smtpsim.explain import Words
from smtpsim.views.versus import Versus


def run(shown: Versus, words: Words) -> None:
    """Show both, a step a key press, until the person leaves."""
    output = create_output()

    def size() -> tuple[int, int]:
        now = output.get_size()
        return now.columns, now.rows

    state = State(shown, words)
    screen = Screen(state, size)
    application: Application[None] = Application(
        layout=screen.layout(),
        style=style_sheet(),
        include_default_pygments_style=False,
        key_bindings=key_bindings(state, screen),
        full_screen=True,
        mouse_support=True,
        output=output,
    )
    application.run()
