"""The frozen state of one SMTP session: phase, who is speaking, the envelope, the letter so far."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from rpds import HashTrieSet, List, Queue

from smtpsim.kernel.address import Path
from smtpsim.message.headers import NO_HEADERS, Headers, headers_in
from smtpsim.protocol.smtp.framing import CRLF
from smtpsim.protocol.smtp.parameters import Parameter
from smtpsim.protocol.smtp.reply import Reply


class Phase(StrEnum):
    """Where the dialogue stands. The transition table has one row for each."""

    __hash__ = str.__hash__  # that of Enum is written in Python, and tables are looked into by phase at every turn

    START = "start"  # connected, no HELO yet
    READY = "ready"  # greeted, no transaction
    MAIL = "mail"  # a sender, no recipient yet
    RCPT = "rcpt"  # a sender and at least one recipient
    DATA = "data"  # inside the letter: every line is content
    CHUNKS = "chunks"  # between two BDAT commands (RFC 3030 2)
    CHUNK = "chunk"  # inside a BDAT chunk: octets are counted
    AUTH = "auth"  # the next line answers a challenge (RFC 4954 4)
    TURNED_AWAY = "turned-away"  # greeted with 554: only QUIT is left (RFC 5321 3.1)
    CLOSED = "closed"


CONTENT_PHASES = frozenset({Phase.DATA, Phase.CHUNK, Phase.AUTH})
"""Phases whose input is no command."""


class Recipient(NamedTuple):
    """An accepted forward-path with its parameters."""

    path: Path
    parameters: tuple[Parameter, ...] = ()


_NO_RECIPIENTS: Queue[Recipient] = Queue()
_NO_NAMES: HashTrieSet[tuple[str, str]] = HashTrieSet()


class Envelope(NamedTuple):
    """Reverse-path and forward-paths: all that servers on the way go by (RFC 5321 2.3.1).

    `accepted` holds the recipients in their order, and `known` their local parts and hosts: persistent collections, so
    that the thousandth RCPT costs what the first one does.
    """

    sender: Path
    parameters: tuple[Parameter, ...] = ()
    accepted: Queue[Recipient] = _NO_RECIPIENTS
    known: HashTrieSet[tuple[str, str]] = _NO_NAMES

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """The recipients in the order of their RCPT. Costs time in proportion to them: once a letter."""
        return tuple(self.accepted)

    def add(self, recipient: Recipient) -> Envelope:
        """With one more recipient. One that is named again still gets one copy, as with all known servers."""
        name = recipient.path.local, recipient.path.host
        if name in self.known:
            return self
        return Envelope(self.sender, self.parameters, self.accepted.enqueue(recipient), self.known.insert(name))

    def parameter(self, name: str) -> str | None:
        """The value of a MAIL parameter: "" if it was given without one, None if it was not given."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter.value or ""
        return None


_NO_BLOCKS: List[bytes] = List()


class Content(NamedTuple):
    """The letter so far, dots unstuffed: `blocks` of whole lines, newest first, without the CRLF that ends each block;
    how many octets they are with CRLF; and how many lines.

    Who types a letter makes a block of each line; what comes in one piece is one block, so that a letter of a thousand
    lines that nobody watches costs one step. No line holds CRLF, so that blocks can be cut into their lines again.
    """

    blocks: List[bytes] = _NO_BLOCKS
    octets: int = 0
    length: int = 0

    def __eq__(self, other: object) -> bool:
        """Letters are equal whose lines are, however they came."""
        return isinstance(other, Content) and self[1:] == other[1:] and self.whole() == other.whole()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[1:])

    def add(self, line: bytes, limit: int) -> Content:
        """With one more line. Over `limit` octets (0 for none) lines are only counted."""
        octets = self.octets + len(line) + 2
        if limit and self.octets > limit:
            return Content(self.blocks, octets, self.length)
        return Content(self.blocks.push_front(line), octets, self.length + 1)

    def add_block(self, block: bytes, limit: int) -> Content:
        """With all the lines of a block, which has no CRLF at its end."""
        octets = self.octets + len(block) + 2
        if not limit or octets <= limit:
            return Content(self.blocks.push_front(block), octets, self.length + 1 + block.count(CRLF))
        grown = self
        for line in block.split(CRLF):
            grown = grown.add(line, limit)
        return grown

    def whole(self) -> bytes:
        """All lines, each ended by CRLF. Costs time in proportion to the letter: once a letter, not once a line."""
        blocks = list(self.blocks)
        blocks.reverse()
        blocks.append(b"")
        return CRLF.join(blocks)

    def lines(self) -> list[bytes]:
        """All lines in order. Costs as `whole` does."""
        return self.whole().split(CRLF)[:-1]

    def newest_lines(self, count: int) -> list[bytes]:
        """The last `count` lines in order."""
        found: list[bytes] = []
        for block in self.blocks:
            if len(found) >= count:
                break
            found[:0] = block.split(CRLF)
        return found[-count:] if count else []

    @property
    def headers(self) -> Headers:
        """The letter's header."""
        if not self.length:
            return NO_HEADERS
        octets = self.whole()
        if octets.startswith(CRLF):
            return headers_in(b"")
        end = octets.find(CRLF + CRLF)
        return headers_in(octets[:end] if end >= 0 else octets)


EMPTY = Content()


class Partial(NamedTuple):
    """Octets of a chunk that have no line end yet: `pieces` as they came, newest first, and how many they are."""

    pieces: List[bytes] = _NO_BLOCKS
    octets: int = 0

    def __eq__(self, other: object) -> bool:
        """The same octets, however they came."""
        return isinstance(other, Partial) and self.octets == other.octets and self.whole() == other.whole()

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.octets)

    def add(self, piece: bytes) -> Partial:
        return Partial(self.pieces.push_front(piece), self.octets + len(piece)) if piece else self

    def before_cr(self) -> Partial | None:
        """Without the CR at the end; None where there is none."""
        newest = next(iter(self.pieces), b"")
        if not newest.endswith(b"\r"):
            return None
        return Partial(self.pieces.drop_first(), self.octets - len(newest)).add(newest[:-1])

    def whole(self) -> bytes:
        """All octets. Costs time in proportion to them: once a line, not once a piece."""
        return b"".join(reversed([*self.pieces]))


NO_PARTIAL = Partial()


class Exchange(NamedTuple):
    """An AUTH dialogue under way: what was asked, and what was answered so far."""

    mechanism: str
    challenge: str = ""
    answers: tuple[str, ...] = ()


class Chunk(NamedTuple):
    """A BDAT chunk under way: its size, what is still to come, and whether it is the last one.

    A refused chunk is read and thrown away: `refusal` is the reply that comes then, `back` the phase after.
    """

    octets: int
    left: int
    last: bool
    refusal: Reply | None = None
    back: Phase = Phase.READY


class State(NamedTuple):
    """Everything one session knows.

    `errors` counts the client's mistakes since the last accepted letter; `line_end` is how the line before
    ended, b"" where it was cut; `newline` is how lines of this letter end, as DATA itself did; `partial` holds
    octets of a chunk that have no line end yet.
    """

    phase: Phase = Phase.START
    helo: str | None = None
    esmtp: bool = False
    tls: bool = False
    user: str | None = None
    envelope: Envelope | None = None
    content: Content = EMPTY
    exchange: Exchange | None = None
    chunk: Chunk | None = None
    partial: Partial = NO_PARTIAL
    line_end: bytes = CRLF
    errors: int = 0
    newline: bytes = CRLF

    @property
    def wants_octets(self) -> int:
        """0 when the next input is a line, else how many octets the running chunk still wants."""
        return self.chunk.left if self.chunk else 0

    def with_line(self, content: Content, line_end: bytes) -> State:
        """With one more line in the letter. A letter may have any number of them, so that it is written out."""
        return State(
            self.phase,
            self.helo,
            self.esmtp,
            self.tls,
            self.user,
            self.envelope,
            content,
            self.exchange,
            self.chunk,
            self.partial,
            line_end,
            self.errors,
            self.newline,
        )

    def without_transaction(self, phase: Phase) -> State:
        """As after RSET: helo, TLS and login stay, envelope and letter are gone (RFC 5321 4.1.1.5)."""
        return State(phase, self.helo, self.esmtp, self.tls, self.user, errors=self.errors)
