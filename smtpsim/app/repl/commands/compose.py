""":compose [FIELD=VALUE ...]: write a mail as a mail program does; alone, in a form."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.form.actions import open_form
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.message.draft_line import words_of_line


def _run(state: State, argument: str) -> None:
    if argument:
        commands.change(state, f":compose {argument}")
    else:
        open_form(state)


ORDER = Order("compose", _run, lambda state: words_of_line())
