"""What is known of one client's session while it lasts and after: who, where it stands, and the dialogue so far."""

from __future__ import annotations

from smtpsim.app.serve.service import Client
from smtpsim.kernel.dots import unstuffed
from smtpsim.kernel.printable import decoded
from smtpsim.protocol.smtp.framing import CRLF
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.transcript.dialogue import Client as Said
from smtpsim.transcript.dialogue import Content, Dialogue, Directive, Entry, Server, Target
from smtpsim.transcript.recording import entries_of
from smtpsim.transcript.secrets import Masker

EACH_ENTRY = 100
"""Octets that a line of a dialogue takes beside its own."""


class Session:
    """`number` counts the sessions of a server from 1; `opened` and `ended` are in seconds since 1970 of the world's
    clock, `ended` 0 while it lasts. `entries` is the dialogue with a mask for each secret; None where nobody wants it.
    `octets` are those of the dialogue that is kept; `mistake` is the key of the last fault, `letters` how many the host
    has taken."""

    def __init__(self, number: int, service: str, client: Client, greeting: Turn, kept: bool) -> None:
        self.number, self.service, self.client = number, service, client
        self.simulation: Simulation = greeting.after
        self.opened, self.ended = greeting.after.world.now, 0
        self.entries: list[Entry] | None = [] if kept else None
        self.turns = self.octets = 0
        self.letters: list[str] = []
        self.mistake = ""
        self.last_code = 0
        self.last_line = ""
        self.last_reply: tuple[str, ...] = ()
        self._masker = Masker()

    def heard(self, turn: Turn, letters: tuple[str, ...]) -> None:
        """Take in a turn; its letters are named by their queue identifiers."""
        self.turns += 1
        self.letters += letters
        if turn.faults:
            self.mistake = turn.faults[0].key
        if turn.reply is not None:
            self.last_code = turn.reply.code
        if self.entries is not None:
            shown = [self._masker.shown(entry) for entry in entries_of(turn)]
            self.last_line = next((entry.text for entry in shown if isinstance(entry, Said)), "")
            self.last_reply = next((entry.lines for entry in shown if isinstance(entry, Server)), ())
            self.entries += shown
            self.octets += len(self.last_line) + EACH_ENTRY * len(shown)

    def wrote(self, block: bytes) -> None:
        """Take in lines of a letter, which make no turns that anybody reads."""
        self.turns += block.count(CRLF) + 1
        if self.entries is not None:
            lines = block.split(CRLF)
            self.entries += [Content(unstuffed(decoded(line))) for line in lines]
            self.octets += len(block) + EACH_ENTRY * len(lines)

    def said(self, line: str) -> None:
        """A line of the client that is none of the simulated dialogue's, such as XCLIENT."""
        if self.entries is not None:
            self.entries.append(Said(line))

    def restart(self) -> None:
        """Another client speaks from now on, as after XCLIENT: the dialogue begins anew."""
        if self.entries is not None:
            self.entries.clear()
            self.octets = 0

    @property
    def host(self) -> str:
        return (self.simulation.access or self.simulation.connection).host.name

    @property
    def over(self) -> bool:
        return bool(self.ended)

    def dialogue(self, head: tuple[tuple[str, str], ...] = ()) -> Dialogue:
        """The dialogue so far, as a transcript has it; `head` are directives beside the client's address."""
        named = (*head, ("client", self.client.ip))
        access = self.simulation.access
        return Dialogue(
            entries=tuple(self.entries or ()),
            directives=tuple(Directive(key, value) for key, value in named if value),
            target=Target(self.host, access.protocol if access else "smtp"),
        )
