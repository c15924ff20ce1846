"""What a client does whose connection has timed out while it waited: it connects again, and says again what had brought
it to where it was.

A recording that goes on after `:wait` as if nothing had happened was made where no server hung up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from smtpsim.protocol.dialogue import Closed, Connected
from smtpsim.protocol.smtp.facts import LetterRefused, LetterTaken, TransactionBegun, TransactionDropped
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.transcript.dialogue import Client, Command, Content, Entry, Note, Server

_OPENING = frozenset({"connect", "host", "compose"})
"""Simulator commands that open a connection."""

_OVER = (LetterTaken, LetterRefused, TransactionDropped)
"""The facts that end a mail transaction."""

_LITERALS = frozenset({"literal", "rest"})
"""The phases of IMAP in which an argument is sent, which leads to no place of its own."""


def timed_out(turns: Sequence[Turn]) -> bool:
    """Whether the server hung up while the client waited."""
    return any(turn.command == "wait" and _happened(turn, Closed) for turn in turns)


def shows_the_end(ahead: Iterable[Entry]) -> bool:
    """Whether the recording, from here on, first shows what a server said that hung up."""
    return isinstance(next((entry for entry in ahead if not isinstance(entry, Note)), None), Server)


def goes_on(ahead: Iterable[Entry]) -> bool:
    """Whether the recording, from here on, goes on in the connection that there was."""
    for entry in ahead:
        if isinstance(entry, Client | Content):
            return True
        if isinstance(entry, Server) or (isinstance(entry, Command) and entry.name in _OPENING):
            return False
    return False


class Standing:
    """The entries that have brought a connection to where it stands: greeting, TLS, log-in, and the mail under way.
    Nothing of a mail that is over stays."""

    def __init__(self) -> None:
        self._entries: list[Client | Content] = []
        self._mail = 0

    @property
    def entries(self) -> tuple[Client | Content, ...]:
        return tuple(self._entries)

    def hear(self, before: Simulation, entry: Entry, turns: Sequence[Turn]) -> None:
        """Take in the turns that an entry has made."""
        if not turns:
            return
        if any(_happened(turn, Connected) for turn in turns):
            self._entries.clear()
            self._mail = 0
        if any(_happened(turn, *_OVER) for turn in turns):
            del self._entries[self._mail :]
        elif isinstance(entry, Content) and not before.access:
            self._entries.append(entry)
        elif isinstance(entry, Client) and _place(before) != _place(turns[-1].after):
            if any(_happened(turn, TransactionBegun) for turn in turns):
                self._mail = len(self._entries)
            self._entries.append(entry)


def _happened(turn: Turn, *kinds: type[object]) -> bool:
    return any(isinstance(fact, kinds) for fact in turn.facts)


def _place(simulation: Simulation) -> tuple[Any, ...]:
    """Where a dialogue stands, as far as commands lead there; the letter so far does not count."""
    if simulation.access:
        phase = str(simulation.access.state.phase)
        return ("",) if phase in _LITERALS else (phase,)
    state = simulation.connection.state
    return (state.phase, state.helo, state.esmtp, state.tls, state.user, state.envelope, state.exchange)
