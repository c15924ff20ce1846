"""One turn: what was typed, what came back, what happened, and the whole simulation after it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.dialogue import AnyFact
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.world.model import Outcome

if TYPE_CHECKING:
    from smtpsim.session.simulation import Simulation


class DnsName(NamedTuple):
    """A name of the simulated DNS that a turn looked at or changed."""

    name: str


class ListedAddress(NamedTuple):
    """An IP address whose blocklists a turn looked at or changed."""

    address: str


class OpenedMail(NamedTuple):
    """A mail that a turn opened: its mailbox as it is named in a `:` line, and its number there, from 1."""

    mailbox: str
    number: int


About = DnsName | ListedAddress | OpenedMail
"""What a turn of the kind `simulator` is about, where a view shows it."""


class TurnKind(StrEnum):
    """What the input of a turn was."""

    CONNECT = "connect"  # nothing was said: the server greets, or speaks unasked
    COMMAND = "command"  # a command line of SMTP, POP3 or IMAP
    CONTENT = "content"  # a line of the letter, or the dot that ends it
    OCTETS = "octets"  # a piece of a BDAT chunk, or of a literal
    ANSWER = "answer"  # to an AUTH challenge
    SIMULATOR = "simulator"  # a `:` line


class Turn(NamedTuple):
    """`number` counts from 0 (the greeting). `line` is the input without its end; `kind` says what it was.

    `facts` are those of the protocol that was spoken; `fates` are the outcomes that this turn decided or changed.
    `command` is the name of the simulator's command that made the turn, "" for what was said to the server.
    """

    number: int
    kind: TurnKind
    line: str
    reply: Reply | None
    facts: tuple[AnyFact, ...]
    faults: tuple[Fault, ...]
    fates: tuple[Outcome, ...]
    after: Simulation
    command: str = ""
    about: About | None = None
