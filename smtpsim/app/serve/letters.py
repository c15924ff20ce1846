"""What has arrived: each mail in a mailbox beside the envelope it came with, and what was found out about it."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from smtpsim.app.serve.session import Session
from smtpsim.kernel.finding import Finding
from smtpsim.protocol.smtp.facts import LetterTaken
from smtpsim.protocol.smtp.state import Envelope
from smtpsim.session.simulation import Turn
from smtpsim.world.mailbox import StoredMail
from smtpsim.world.model import Outcome, World

MOST = 100_000
"""Letters whose envelopes are remembered; of older ones only the mail itself is left."""


class Taken(NamedTuple):
    """A letter that the host has taken from a client, by its queue identifier, and what was found in the dialogue."""

    id: str
    session: int
    client_ip: str
    helo: str
    envelope: Envelope
    findings: tuple[Finding, ...]


class Arrival(NamedTuple):
    """A mail in a mailbox. `taken` is None for what no client has handed in here, such as a bounce."""

    number: int
    mailbox: str
    mail: StoredMail
    taken: Taken | None


class Letters:
    """An observer that remembers the newest letters and arrivals, and tells those who wait for them. Of all mails
    together it remembers at most so many octets: those that a client has deleted lie in no mailbox any more."""

    looks_at_dialogues = False

    def __init__(self, most_octets: int = sys.maxsize) -> None:
        self.arrivals: deque[Arrival] = deque()
        self._most_octets, self._octets = most_octets, 0
        self.waiting: list[Callable[[Arrival], None]] = []
        self._taken: dict[str, Taken] = {}
        self.count = 0

    def heard(self, session: Session, turn: Turn) -> None:
        for fact in turn.facts:
            if isinstance(fact, LetterTaken):
                self._remember(session, turn, fact)

    def ended(self, session: Session) -> None:
        return

    def happened(self, world: World, fates: Iterable[Outcome]) -> None:
        """Look at what became of letters: those that were delivered are the newest mail of their mailboxes."""
        for fate in fates:
            mailbox = world.mailboxes.get(fate.mailbox) if fate.status == "delivered" else None
            if mailbox is None or not mailbox.mails:
                continue
            arrival = self._arrived(mailbox.name, next(iter(mailbox.mails)), self._taken.get(fate.letter))
            for tell in tuple(self.waiting):
                tell(arrival)

    def begin_with(self, world: World) -> None:
        """What lies in the mailboxes already, oldest first; its envelopes are not known any more."""
        lying = [(mail, name) for name, box in world.mailboxes.items() for mail in box.mails]
        for mail, name in sorted(lying, key=lambda one: (one[0].arrived, one[1], one[0].uid))[-MOST:]:
            self._arrived(name, mail, None)

    def of(self, mail_id: str) -> Taken | None:
        return self._taken.get(mail_id)

    def forget(self) -> None:
        self.arrivals.clear()
        self._octets = 0
        self._taken.clear()

    def _arrived(self, mailbox: str, mail: StoredMail, taken: Taken | None) -> Arrival:
        self.count += 1
        arrival = Arrival(self.count, mailbox, mail, taken)
        self.arrivals.append(arrival)
        self._octets += len(mail.octets)
        while len(self.arrivals) > MOST or (self._octets > self._most_octets and len(self.arrivals) > 1):
            self._octets -= len(self.arrivals.popleft().mail.octets)
        return arrival

    def _remember(self, session: Session, turn: Turn, fact: LetterTaken) -> None:
        connection = turn.after.connection
        helo = connection.state.helo or ""
        self._taken[fact.queue_id] = Taken(
            fact.queue_id, session.number, connection.client_ip, helo, fact.envelope, connection.findings
        )
        if len(self._taken) > MOST:
            del self._taken[next(iter(self._taken))]
