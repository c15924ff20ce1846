"""The frozen state of one POP3 session: who it is, the maildrop as it was at log-in, and what is marked in it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from rpds import HashTrieSet

from smtpsim.protocol.maildrop import Mail, Maildrop


class Phase(StrEnum):
    """Where the dialogue stands (RFC 1939 3). The UPDATE state is the step that QUIT makes."""

    AUTHORIZATION = "authorization"  # nobody is named yet
    USER = "user"  # a name is given, its password is not
    TRANSACTION = "transaction"  # logged in
    CLOSED = "closed"


class State(NamedTuple):
    """Everything one session knows. `marked` holds the numbers of the messages that DELE marked, counted from 1;
    `errors` counts the refused commands since the log-in."""

    phase: Phase = Phase.AUTHORIZATION
    user: str | None = None
    maildrop: Maildrop = Maildrop()
    marked: HashTrieSet[int] = HashTrieSet()
    errors: int = 0

    @property
    def wants_octets(self) -> int:
        """Always 0: POP3 reads nothing but lines."""
        return 0

    def left(self) -> list[tuple[int, Mail]]:
        """The messages that are not marked, each with its number."""
        return [pair for pair in enumerate(self.maildrop.mails, 1) if pair[0] not in self.marked]
