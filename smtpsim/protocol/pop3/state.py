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
    AUTH = "auth"  # the next line answers a challenge of AUTH (RFC 5034 4)
    TRANSACTION = "transaction"  # logged in
    CLOSED = "closed"


class State(NamedTuple):
    """Everything one session knows. `marked` holds the numbers of the messages that DELE marked, counted from 1;
    `errors` counts the refused commands since the log-in; `timestamp` stands in the greeting of a server that has APOP,
    and is never the same twice (RFC 1939 7), "" for none."""

    phase: Phase = Phase.AUTHORIZATION
    user: str | None = None
    maildrop: Maildrop = Maildrop()
    marked: HashTrieSet[int] = HashTrieSet()
    errors: int = 0
    timestamp: str = ""
    tls: bool = False

    @property
    def wants_octets(self) -> int:
        """Always 0: POP3 reads nothing but lines."""
        return 0

    def left(self) -> list[tuple[int, Mail]]:
        """The messages that are not marked, each with its number."""
        return [pair for pair in enumerate(self.maildrop.mails, 1) if pair[0] not in self.marked]
