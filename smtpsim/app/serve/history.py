"""The sessions that a page shows: those that last, and the newest of those that have ended."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from smtpsim.app.serve.session import Session
from smtpsim.session.simulation import Turn

if TYPE_CHECKING:
    from smtpsim.app.serve.server import Server

MOST = 500
"""Sessions that are kept after their end."""

MOST_OCTETS = 67_108_864
"""Octets of their dialogues."""


class History:
    """An observer. `changed` is set at each turn, for those who show what happens while it does."""

    looks_at_dialogues = True

    def __init__(self) -> None:
        self.ended_ones: deque[Session] = deque()
        self.listeners: set[asyncio.Event] = set()

    def heard(self, session: Session, turn: Turn) -> None:
        self._tell()

    def ended(self, session: Session) -> None:
        self.ended_ones.append(session)
        octets = sum(one.octets for one in self.ended_ones)
        while len(self.ended_ones) > MOST or (octets > MOST_OCTETS and len(self.ended_ones) > 1):
            octets -= self.ended_ones.popleft().octets
        self._tell()

    def _tell(self) -> None:
        for event in self.listeners:
            event.set()


def history_of(server: Server) -> History:
    """The history of a server, which begins now where nobody has asked for it before."""
    found = next((one for one in server.observers if isinstance(one, History)), None)
    if found is None:
        found = History()
        server.observers.append(found)
    return found
