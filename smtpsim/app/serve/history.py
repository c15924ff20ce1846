"""The sessions that a page shows: those that last, and the newest of those that have ended."""

from __future__ import annotations

import asyncio
from collections import deque

from smtpsim.app.serve.session import Session
from smtpsim.session.simulation import Turn

MOST = 500
"""Sessions that are kept after their end."""


class History:
    """An observer. `changed` is set at each turn, for those who show what happens while it does."""

    looks_at_dialogues = True

    def __init__(self) -> None:
        self.ended_ones: deque[Session] = deque(maxlen=MOST)
        self.listeners: set[asyncio.Event] = set()

    def heard(self, session: Session, turn: Turn) -> None:
        self._tell()

    def ended(self, session: Session) -> None:
        self.ended_ones.append(session)
        self._tell()

    def _tell(self) -> None:
        for event in self.listeners:
            event.set()
