"""What a person can do with the form: open it, send what it holds, put it away."""

from __future__ import annotations

from smtpsim.app.tui.form.written import begun
from smtpsim.app.tui.state import State
from smtpsim.message.draft import DraftFault
from smtpsim.session.simulation import client_name
from smtpsim.session.submission import submit
from smtpsim.views.row import Mark


def open_form(state: State) -> None:
    """Open the form, with what it held when it was put away."""
    if state.shell.in_content:
        state.tell("command.compose-in-letter", Mark.BAD)
        return
    state.written = state.written or begun(state.simulation)
    state.writing, state.message = True, None
    state.close_page()


def send(state: State) -> bool:
    """Hand the mail in; False when something is missing yet."""
    found = state.written.draft() if state.written else None
    if found is None or isinstance(found, DraftFault):
        return False
    simulation = state.shell.simulation
    state.add(submit(simulation, found.draft, client_name(simulation), found.split))
    state.writing, state.written = False, None
    state.settle()
    return True


def put_away(state: State) -> None:
    """Close the form and keep what it holds."""
    state.writing = False
    state.tell("compose.put-away")
