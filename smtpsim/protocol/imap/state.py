"""The frozen state of one IMAP session: who it is, which mailbox is selected, and a command that is half read."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from smtpsim.protocol.maildrop import Maildrop


class Phase(StrEnum):
    """Where the dialogue stands (RFC 3501 3), and whether it stands inside a command."""

    NOT_AUTHENTICATED = "not-authenticated"
    AUTHENTICATED = "authenticated"
    SELECTED = "selected"
    LITERAL = "literal"  # inside a literal: octets are counted (RFC 3501 4.3)
    REST = "rest"  # behind a literal: the command goes on
    CLOSED = "closed"


class Selected(NamedTuple):
    """The mailbox as this session knows it. Number n is the n-th of its mails; `read_only` after EXAMINE.

    The flag \\Recent in it means recent for this session (RFC 3501 2.3.2).
    """

    maildrop: Maildrop
    read_only: bool = False


class Partial(NamedTuple):
    """A command with literals, as far as it has come.

    `text` holds its lines, each that announces a literal with its CRLF; `literals` are the octets of those that
    are complete, `octets` those of the one under way, and `left` is what it still lacks. `back` is the phase of
    the dialogue.
    """

    text: str
    left: int
    back: Phase
    literals: tuple[bytes, ...] = ()
    octets: bytes = b""

    @property
    def size(self) -> int:
        """How many octets, or characters, the command has so far: the limit goes by it."""
        return len(self.text) + sum(map(len, self.literals)) + len(self.octets) + self.left


class State(NamedTuple):
    """Everything one session knows. `errors` counts the refused commands since the log-in."""

    phase: Phase = Phase.NOT_AUTHENTICATED
    user: str | None = None
    selected: Selected | None = None
    partial: Partial | None = None
    errors: int = 0

    @property
    def wants_octets(self) -> int:
        """0 when the next input is a line, else how many octets the literal still wants."""
        return self.partial.left if self.partial else 0
