"""Reading files in which a mark before each line tells who speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto

from smtpsim.transcript.assembly import Assembly
from smtpsim.transcript.dialogue import Client, Dialogue


class Side(Enum):
    """Who speaks. COMMAND is the client in a file that does not show the letter."""

    CLIENT = auto()
    COMMAND = auto()
    SERVER = auto()


Said = tuple[Side, str]
"""Who said what, without the mark."""


def read_marked(lines: Iterable[str], said: Callable[[str], Said | None]) -> Dialogue:
    """The dialogue in `lines`. `said` takes a line apart; it gives None for a line that nobody said."""
    assembly = Assembly()
    for number, line in enumerate(lines, 1):
        match said(line):
            case (Side.CLIENT, text):
                assembly.client(text, number)
            case (Side.COMMAND, text):
                assembly.exact(Client(text, number))
            case (Side.SERVER, text):
                assembly.server(text, number)
            case _:
                pass
    return Dialogue(assembly.entries())
