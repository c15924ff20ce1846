"""The frozen state of one IMAP session: who it is, which mailbox is selected, and a command that is half read."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from rpds import List

from smtpsim.protocol.maildrop import Maildrop


class Phase(StrEnum):
    """Where the dialogue stands (RFC 3501 3), and whether it stands inside a command."""

    NOT_AUTHENTICATED = "not-authenticated"
    AUTHENTICATED = "authenticated"
    SELECTED = "selected"
    LITERAL = "literal"  # inside a literal: octets are counted (RFC 3501 4.3)
    REST = "rest"  # after a literal: the command goes on
    AUTH = "auth"  # the next line answers AUTHENTICATE (RFC 3501 6.2.2)
    IDLE = "idle"  # the server tells what is new until DONE (RFC 2177 3)
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
    are complete, `pieces` those of the one under way, the last first, and `left` is what it still lacks. `back` is
    the phase of the dialogue.
    """

    text: str
    left: int
    back: Phase
    literals: tuple[bytes, ...] = ()
    pieces: List[bytes] = List()

    @property
    def size(self) -> int:
        """How many octets, or characters, the command has without the literal under way: the limit goes by it."""
        return len(self.text) + sum(map(len, self.literals))


class Continued(NamedTuple):
    """A command that waits for a line of its own (AUTHENTICATE, IDLE): its tag, and the phase that comes after it."""

    tag: str
    back: Phase


class State(NamedTuple):
    """Everything one session knows. `errors` counts the refused commands since the log-in; `refused_auth`: the last
    input was an AUTHENTICATE that was refused, whose answer may come all the same."""

    phase: Phase = Phase.NOT_AUTHENTICATED
    user: str | None = None
    selected: Selected | None = None
    partial: Partial | None = None
    errors: int = 0
    continued: Continued | None = None
    tls: bool = False
    refused_auth: bool = False

    @property
    def wants_octets(self) -> int:
        """0 when the next input is a line, else how many octets the literal still wants."""
        return self.partial.left if self.partial else 0
