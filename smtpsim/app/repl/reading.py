"""A reader at the full screen opens a mail: it is shown in any case, and a receipt goes out, is asked about, or not."""

from __future__ import annotations

from smtpsim.app.repl import commands
from smtpsim.app.repl.state import Ask, State
from smtpsim.message.receipt import Action
from smtpsim.session.command import Wrong
from smtpsim.session.commands.read import RECEIPT, opened_by
from smtpsim.session.opened import Opened
from smtpsim.views.reader import reader
from smtpsim.views.receipt import asked_by
from smtpsim.world.stored import reading_of


def look(state: State, opened: Opened) -> None:
    """Show a mail. Looking is no step of the session, unless a read receipt goes out because of it."""
    receipt = reading_of(opened.mail).receipt
    action = receipt.action(state.simulation.world.receipts)
    if action is Action.SEND:
        read(state, opened.name)
        return
    state.open_page(reader(opened, state.words))
    if action is Action.ASK:
        question = state.words("mail.receipt-ask", to=asked_by(receipt))
        state.ask = Ask(question, lambda state: read(state, f"{opened.name} {RECEIPT}"))


def read(state: State, argument: str) -> None:
    """Open a mail as a step of the session, and show it."""
    if not commands.change(state, f":read {argument}"):
        return
    opened = opened_by(state.simulation.world, argument)
    if not isinstance(opened, Wrong):
        state.open_page(reader(opened, state.words))
