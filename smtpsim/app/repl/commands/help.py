""":help [COMMAND]: everything that can be typed or pressed, or one order."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.help import help_page, order_help
from smtpsim.app.repl.order import Order
from smtpsim.app.repl.state import State
from smtpsim.views.row import Mark, Row


def _run(state: State, argument: str) -> None:
    name = argument.removeprefix(":").lower()
    if not name:
        state.open_page(help_page(state.words))
    elif name in commands.names():
        state.message = Row("message", "", order_help(name, state.words), Mark.NOTE)
    else:
        known = " ".join(f":{name}" for name in commands.names())
        state.tell("command.unknown", Mark.BAD, name=name, known=known)


ORDER = Order("help", _run, lambda state: commands.names())
