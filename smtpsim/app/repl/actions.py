"""What a person can do by keys: send lines, go back and forth, be asked, leave."""

from __future__ import annotations

from collections.abc import Sequence

from smtpsim.app.repl import commands
from smtpsim.app.repl.state import State
from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.state import Phase
from smtpsim.protocol.smtp.table import CONTENT_PHASES
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn
from smtpsim.views.row import Mark


def send(state: State, lines: Sequence[str]) -> None:
    """Lines were typed or pasted. Each makes a turn of its own; a question or a form stops those behind it."""
    state.message = None
    state.uncover()
    for line in lines:
        _take(state, line)
        if state.ask or state.leaving or state.writing:
            break
    state.settle()


def is_order(state: State, line: str) -> bool:
    """Whether a line is for the simulator: any line at its prompt, and one with a colon outside of letters."""
    return state.escaped or (line.startswith(":") and state.phase not in CONTENT_PHASES)


def order(state: State, line: str) -> None:
    """Give the simulator an order, as if it had been typed at its prompt."""
    state.message = None
    state.uncover()
    commands.carry_out(state, line)
    state.settle()


def _take(state: State, line: str) -> None:
    if is_order(state, line):
        state.escaped = False
        commands.carry_out(state, line)
    elif state.phase is Phase.CLOSED:
        state.tell("repl.closed", Mark.WARN)
    else:
        for turn in _turns(state.simulation, line):
            state.add(turn)


def _turns(simulation: Simulation, line: str) -> tuple[Turn, ...]:
    """Within a chunk a line may end the chunk and begin the next command: then it makes two turns."""
    if simulation.wants_octets or simulation.pending:
        return simulation.feed(encoded(line) + b"\r\n").turns
    return (simulation.say(line),)


def escape(state: State) -> None:
    """To the simulator's own prompt, from anywhere, and back (telnet's escape character)."""
    state.escaped = not state.escaped


def back(state: State) -> None:
    """Out of whatever lies on top: the simulator's prompt, a page, a message."""
    if state.escaped:
        state.escaped = False
    elif state.page:
        state.close_page()
    else:
        state.message = None
        state.uncover()


def answer(state: State, yes: bool) -> None:
    """The answer to the question that is being asked."""
    asked, state.ask = state.ask, None
    if asked and yes:
        asked.yes(state)
        state.settle()


def interrupted(state: State) -> None:
    """Ctrl-C with nothing typed: a person looks for the way out."""
    state.tell("repl.how-to-leave")
