"""Plays a recorded dialogue against the simulation, and pairs its replies with those that the simulation gives."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.framing import Line
from smtpsim.protocol.smtp.recorded import Recorded
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.hearing import hear
from smtpsim.session.simulation import Simulation, Turn
from smtpsim.transcript.answers import GREETING, GREETINGS, START_LETTER, answers_of
from smtpsim.transcript.assembly import NO_CODE
from smtpsim.transcript.client import END, Order, Played, turns_of
from smtpsim.transcript.dialogue import Client, Command, Content, Dialogue, Entry, Note, Server
from smtpsim.transcript.resuming import Standing, goes_on, shows_the_end, timed_out
from smtpsim.transcript.secrets import MASK

SMTP = "smtp"


class Compared(NamedTuple):
    """A recorded reply beside the simulation's. One of them is None where the other side said less.

    `line` is that of the recorded reply; `said` what the client had said, "" before it spoke; `protocol` is smtp, pop3
    or imap.
    """

    line: int
    said: str
    recorded: Server | None
    answered: Reply | None
    protocol: str = SMTP

    @property
    def same(self) -> bool:
        """Whether the codes agree; texts may differ. Without codes the status words must."""
        if self.recorded is None or self.answered is None:
            return False
        if self.recorded.code == NO_CODE:
            return status(self.recorded.lines) == status(self.answered.lines)
        return self.recorded.code == self.answered.code


def status(lines: Sequence[str]) -> str:
    """The status of a reply without a code: `+OK` and `-ERR` begin it; IMAP has it after the last line's tag."""
    first = lines[0].split(" ", 1)[0]
    return first if first in ("+OK", "-ERR", "+") else " ".join(lines[-1].split()[1:2])


class _Answer(NamedTuple):
    """What the simulation said to a line of the file; no reply where it did not get that line at all."""

    line: int
    said: str
    reply: Reply | None
    protocol: str = SMTP


class _Sent(NamedTuple):
    """The turns of one entry, and those answers among them that a recorded reply stands for."""

    turns: tuple[Turn, ...]
    answers: tuple[_Answer, ...]


def play(dialogue: Dialogue, first: Turn, order: Order) -> Iterator[Played]:
    """The turns of a dialogue, one by one. `first` is the greeting's turn.

    Where a letter ends that only one of the two sides knows of is told by the recorded replies, so that these are
    followed here too.
    """
    return (found for found in compare(dialogue, first, order) if isinstance(found, Played))


def compare(dialogue: Dialogue, first: Turn, order: Order) -> Iterator[Played | Compared]:
    """The turns, one by one, and between them each recorded reply beside the one that was given. `first` is the
    greeting's turn.

    Where the two sides do not agree about the letter, the client follows the simulation: a letter that it wants and
    the file does not show ends at once, and the dot of one that it refused is not sent. A secret that the file does not
    show cannot be judged: the reply to its mask is the recorded one.
    """
    answers: deque[_Answer] = deque()
    records: deque[Server] = deque()
    yield Played(first, None)
    if first.reply is not None and _shows_greeting(dialogue):
        answers.append(_Answer(0, "", first.reply, _protocol(first)))
    now, in_letter = first.after, False
    masked, standing = _masked(dialogue.entries), Standing()
    entries = tuple(_from_the_beginning(dialogue))
    for place, entry in enumerate(entries):
        said = masked.get(id(entry))
        sent = (
            _log_in(now, entry, said) if said and not now.access else _send(now, entry, in_letter, bool(answers), order)
        )
        if isinstance(entry, Command) and timed_out(sent.turns):
            sent = _waited(sent, entry, entries[place + 1 :], standing, masked, order)
        else:
            standing.hear(now, entry, sent.turns)
        for turn in sent.turns:
            yield Played(turn, entry)
            now = turn.after
        answers += sent.answers
        if isinstance(entry, Server):
            records.append(entry)
        in_letter = _in_letter(entry, in_letter)
        while answers and records:
            yield _pair(answers.popleft(), records.popleft())
    if any(isinstance(entry, Server) for entry in dialogue.entries):
        yield from (Compared(one.line, one.said, None, one.reply, one.protocol) for one in answers if one.reply)
    yield from (Compared(record.line, "", record, None) for record in records)


def _masked(entries: Sequence[Entry]) -> dict[int, Server]:
    """The replies to lines whose secret is masked, by the identity of the line's entry."""
    by_line = answers_of(entries).by_line
    lines = ((index, entry) for index, entry in enumerate(entries) if isinstance(entry, Client))
    return {id(entry): by_line[index][0] for index, entry in lines if index in by_line and MASK in entry.text.split()}


def _log_in(now: Simulation, entry: Entry, said: Server) -> _Sent:
    """A step of AUTH that goes as it did when it was recorded."""
    assert isinstance(entry, Client)
    turn = hear(now, Line(encoded(entry.text)), Recorded(said.code, said.lines))
    return _Sent((turn,), (_answer(entry, entry.text, turn),))


def _send(now: Simulation, entry: Entry, in_letter: bool, waiting: bool, order: Order) -> _Sent:
    """What the client sends at an entry of the file. `waiting` is whether a reply is still to be compared."""
    ended = _letter_ended(now, entry, waiting)
    if isinstance(entry, Server):
        if _hangs_up(entry) and not (ended or waiting or now.over):
            turn = now.time_out()
            return _Sent((turn,), (_answer(entry, "", turn),))
        return _Sent(ended, tuple(_answer(entry, END, turn) for turn in ended))
    after = ended[-1].after if ended else now
    if in_letter and _is_stray_dot(after, entry):
        return _Sent(ended, (_Answer(entry.line, END, None),))
    turns = turns_of(after, entry, order)
    answers = (_answer(entry, turn.line, turn) for turn in turns if turn.reply is not None)
    return _Sent((*ended, *turns), tuple(answers))


def _waited(
    sent: _Sent, entry: Command, ahead: Sequence[Entry], standing: Standing, masked: dict[int, Server], order: Order
) -> _Sent:
    """What comes of a wait in which the server hung up, where the recording does not show that: what it says then is
    compared with nothing, and where the recording goes on the client connects again."""
    if shows_the_end(ahead):
        return sent
    turns = list(sent.turns)
    if goes_on(ahead):
        turns += order(turns[-1].after, Command(":connect", entry.line))
        for one in standing.entries:
            said, now = masked.get(id(one)), turns[-1].after
            turns += _log_in(now, one, said).turns if said and not now.access else turns_of(now, one, order)
    return _Sent(tuple(turns), ())


def _answer(entry: Entry, said: str, turn: Turn) -> _Answer:
    return _Answer(entry.line, said, turn.reply, _protocol(turn))


def _protocol(turn: Turn) -> str:
    return turn.after.access.protocol if turn.after.access else SMTP


def _pair(answer: _Answer, record: Server) -> Compared:
    return Compared(record.line, answer.said, record, answer.reply, answer.protocol)


def _shows_greeting(dialogue: Dialogue) -> bool:
    """Whether the file's first reply is the server's greeting; some begin with what the client said."""
    asked = False
    for entry in dialogue.entries:
        if isinstance(entry, Server):
            return entry.code == GREETING or (not asked and entry.code in GREETINGS)
        asked = asked or isinstance(entry, Client | Command)
    return False


def _from_the_beginning(dialogue: Dialogue) -> Iterator[Entry]:
    """The entries without the replies that stand before the first command and are no greeting: a file that begins in
    the middle, as one of a client that shows its own part only after STARTTLS, has them."""
    asked = False
    for entry in dialogue.entries:
        asked = asked or isinstance(entry, Client | Command)
        if asked or not isinstance(entry, Server) or entry.code in GREETINGS:
            yield entry


def _letter_ended(now: Simulation, entry: Entry, waiting: bool) -> tuple[Turn, ...]:
    """The dot that the file does not show. A recorded reply ends the letter when every line before it is answered
    (`waiting` is whether one is not); a command ends one that the recorded server did not want."""
    if now.connection.state.phase is not Phase.DATA:
        return ()
    hidden = isinstance(entry, Server) and not waiting
    unwanted = isinstance(entry, Client) and entry.text != END
    return (now.say(END),) if hidden or unwanted else ()


def _hangs_up(entry: Server) -> bool:
    """Whether a server that says this unasked hangs up. The time for which it had waited is in no recording that was
    not typed here (RFC 5321 3.8, RFC 3501 7.1.5)."""
    return entry.code == 421 or (entry.code == NO_CODE and entry.lines[0].startswith("* BYE"))


def _in_letter(entry: Entry, before: bool) -> bool:
    """Whether the file is in a letter after this entry, whatever the simulation says to it."""
    if isinstance(entry, Server):
        return entry.code == START_LETTER
    return before if isinstance(entry, Note | Command) else isinstance(entry, Content)


def _is_stray_dot(now: Simulation, entry: Entry) -> bool:
    """Whether this is the end of a letter that the simulation did not take."""
    return isinstance(entry, Client) and entry.text == END and now.connection.state.phase is not Phase.DATA
