"""A `:` line in a session: most change the simulation and make one turn; a mail program at work makes many."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from smtpsim.message.draft import DraftFault
from smtpsim.message.draft_line import read_draft_line
from smtpsim.protocol.smtp.table import CONTENT_PHASES
from smtpsim.session import commands
from smtpsim.session.client import client_name
from smtpsim.session.command import Wrong
from smtpsim.session.simulation import Simulation
from smtpsim.session.submission import submit
from smtpsim.session.turn import Turn

Refused = Wrong | DraftFault
"""Why an order was not carried out: `command.KEY`, or what is wrong with the draft of a mail, `compose.KEY`."""

Program = Callable[[Simulation, str], "tuple[Turn, ...] | Refused"]


def carry_out(simulation: Simulation, line: str) -> tuple[Turn, ...] | Refused:
    """Carry out a line such as `:wait 4h` or `:compose from=a@example.com to=b@example.net`.

    The turns of a program are those that its lines would have made if a person had typed them.
    """
    name, argument = commands.parted(line)
    program = PROGRAMS.get(name)
    if program:
        return program(simulation, argument)
    done = commands.run(simulation, line)
    return done if isinstance(done, Wrong) else (done,)


def in_letter(simulation: Simulation) -> bool:
    """Whether the next line would be a line of a letter, where nobody can begin another mail."""
    return not simulation.access and simulation.connection.state.phase in CONTENT_PHASES


def _compose(simulation: Simulation, argument: str) -> tuple[Turn, ...] | Refused:
    """A mail from one line, handed in at once: see `smtpsim.message.draft_line`."""
    if in_letter(simulation):
        return Wrong("compose-in-letter")
    found = read_draft_line(argument)
    if isinstance(found, DraftFault):
        return found
    return submit(simulation, found.draft, client_name(simulation), found.split)


PROGRAMS: Mapping[str, Program] = {"compose": _compose}
"""By the name behind the colon."""
