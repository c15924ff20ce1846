"""The client of a recorded dialogue: what each entry of the file makes it send."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from smtpsim.kernel.dots import stuffed
from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.transcript.dialogue import Client, Command, Content, Entry
from smtpsim.transcript.secrets import redacted_turn

Order = Callable[[Simulation, Command], tuple[Turn, ...]]
"""Carries out a simulator command (`:wait 4h`) and gives its turns: one, or all of a mail program at work."""


END = "."
"""What ends a letter (RFC 5321 4.1.1.4)."""


class Played(NamedTuple):
    """A turn, and the entry of the file that made it (None for the greeting)."""

    turn: Turn
    entry: Entry | None


def turns_of(simulation: Simulation, entry: Entry, order: Order) -> tuple[Turn, ...]:
    """The turns that an entry of the file makes; a recorded reply makes none."""
    if isinstance(entry, Client):
        return (redacted_turn(simulation.say(entry.text), entry),)
    if isinstance(entry, Content):
        return tuple(redacted_turn(turn, entry) for turn in _content(simulation, entry.text))
    if isinstance(entry, Command):
        return order(simulation, entry)
    return ()


def _content(simulation: Simulation, text: str) -> tuple[Turn, ...]:
    """A line of the letter, its dot stuffed again. Where the letter was refused, it is not sent."""
    wanted = simulation.wants_octets
    if wanted:
        return simulation.feed((encoded(text) + b"\r\n")[:wanted]).turns
    if simulation.connection.state.phase is not Phase.DATA:
        return ()
    return (simulation.say(stuffed(text)),)
