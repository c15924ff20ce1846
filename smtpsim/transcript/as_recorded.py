"""Plays a recorded dialogue with the file's replies as the truth: the simulated server says what was recorded, and
everything follows from that."""

from __future__ import annotations

from collections.abc import Iterator

from smtpsim.kernel.dots import stuffed
from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.framing import Line, Octets
from smtpsim.protocol.smtp.recorded import SILENT, Recorded
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.hearing import greeted, hear, interrupted
from smtpsim.session.simulation import Simulation, Turn, TurnKind
from smtpsim.transcript.answers import Answers, answers_of
from smtpsim.transcript.assembly import NO_CODE, chunk_size
from smtpsim.transcript.client import END, Order, Played
from smtpsim.transcript.dialogue import Client, Command, Content, Dialogue, Entry, Server
from smtpsim.transcript.resuming import timed_out
from smtpsim.transcript.secrets import redacted_turn


def play_as_recorded(dialogue: Dialogue, first: Turn, order: Order) -> Iterator[Played]:
    """The turns, one by one. `first` is the greeting's turn; the recorded greeting takes the place of its reply."""
    answers = answers_of(dialogue.entries)
    opening = greeted(first, _said(answers.greeting, first.after))
    yield Played(opening, None)
    server = _Server(opening.after, answers, order)
    for index, entry in enumerate(dialogue.entries):
        for turn in server.take(index, entry):
            yield Played(turn, entry)


def _said(reply: Server | None, to: Simulation) -> Recorded:
    """What a reply says in the protocol that is spoken: without a code it says nothing in SMTP."""
    told = reply and (reply.code != NO_CODE or to.access)
    return Recorded(reply.code, reply.lines) if reply and told else SILENT


class _Server:
    """The recorded server, and how far the dialogue with it has come. `_chunk` is the reply to the BDAT chunk that
    is under way."""

    def __init__(self, simulation: Simulation, answers: Answers, order: Order) -> None:
        self._now = simulation
        self._answers = answers
        self._order = order
        self._chunk = SILENT

    def take(self, index: int, entry: Entry) -> Iterator[Turn]:
        """The turns that an entry of the file makes."""
        replies = iter(self._answers.by_line.get(index, ()))
        if isinstance(entry, Content):
            yield from (redacted_turn(turn, entry) for turn in self._content(entry))
        elif isinstance(entry, Client):
            yield from self._client(entry, self._said(next(replies, None)))
        elif isinstance(entry, Command):
            yield from self._command(entry, replies)
        elif isinstance(entry, Server) and index in self._answers.unasked:
            yield from self._unasked(self._said(entry))

    @property
    def _phase(self) -> Phase | None:
        """None while mail is picked up, where there are no such phases."""
        return None if self._now.access else self._now.connection.state.phase

    def _said(self, reply: Server | None) -> Recorded:
        return _said(reply, self._now)

    def _client(self, entry: Client, said: Recorded) -> Iterator[Turn]:
        if self._phase is Phase.CHUNK:
            yield from self._chunk_ended()
        if self._phase is Phase.DATA and entry.text != END:
            yield self._say(END, SILENT)
        if self._phase and chunk_size(entry.text):
            self._chunk, said = said, SILENT
        yield redacted_turn(self._say(entry.text, said), entry)

    def _content(self, entry: Content) -> Iterator[Turn]:
        """A line of the letter. Where the recorded server did not want one, it is not sent."""
        wanted = self._now.wants_octets
        if wanted:
            octets = (encoded(entry.text) + b"\r\n")[:wanted]
            yield self._hear(Octets(octets), self._chunk if len(octets) == wanted else SILENT)
        elif self._phase is Phase.DATA:
            yield self._say(stuffed(entry.text), SILENT)

    def _chunk_ended(self) -> Iterator[Turn]:
        """A chunk that the recording does not show to its end."""
        yield self._hear(Octets(b""), self._chunk)

    def _unasked(self, said: Recorded) -> Iterator[Turn]:
        """In a letter it is the reply to a dot that the recording does not show."""
        if self._phase is Phase.DATA:
            yield self._say(END, said)
        elif said is not SILENT:
            yield self._add(interrupted(self._now, said))

    def _command(self, entry: Command, replies: Iterator[Server]) -> Iterator[Turn]:
        """A simulator command, with the replies to what it says to the server."""
        for turn in self._ordered(entry):
            if turn.kind == TurnKind.CONTENT:
                yield from self._typed(turn.line, replies)
            elif turn.reply is None:
                yield self._add(turn)
            elif turn.kind == TurnKind.SIMULATOR:
                yield self._add(greeted(turn, _said(next(replies, None), turn.after)))
            else:
                yield self._say(turn.line, self._said(next(replies, None)))
        for more in replies:
            yield from self._unasked(self._said(more))

    def _ordered(self, entry: Command) -> tuple[Turn, ...]:
        """The turns of a simulator command. Whether the server hung up meanwhile, only the recording tells."""
        turns = self._order(self._now, entry)
        return tuple(map(self._kept_open, turns)) if timed_out(turns) else turns

    def _kept_open(self, turn: Turn) -> Turn:
        now = self._now
        later = turn.after._replace(connection=now.connection, transaction=now.transaction, access=now.access)
        return turn._replace(reply=None, facts=(), after=later)

    def _typed(self, line: str, replies: Iterator[Server]) -> Iterator[Turn]:
        """A line of a letter, as it went over the wire, where the recorded server wants one."""
        if self._phase is Phase.DATA:
            yield self._say(line, self._said(next(replies, None)) if line == END else SILENT)

    def _say(self, line: str, said: Recorded) -> Turn:
        return self._hear(Line(encoded(line)), said)

    def _hear(self, unit: Line | Octets, said: Recorded) -> Turn:
        return self._add(hear(self._now, unit, said))

    def _add(self, turn: Turn) -> Turn:
        self._now = turn.after
        return turn
