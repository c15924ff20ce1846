"""Plays a recorded dialogue against the simulation, and pairs its replies with the recorded ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from smtpsim.kernel.printable import encoded
from smtpsim.protocol.smtp.reply import Reply
from smtpsim.protocol.smtp.state import Phase
from smtpsim.session.simulation import Simulation
from smtpsim.session.turn import Turn
from smtpsim.transcript.assembly import NO_CODE
from smtpsim.transcript.dialogue import Client, Command, Content, Dialogue, Entry, Server

Order = Callable[[Simulation, Command], Turn]
"""Carries out a simulator command (`:wait 4h`) and gives its turn."""


class Played(NamedTuple):
    """A turn, and the entry of the file that made it (None for the greeting)."""

    turn: Turn
    entry: Entry | None


class Compared(NamedTuple):
    """A recorded reply beside the simulation's. One of them is None where the other side said less.

    `line` is that of the recorded reply; `said` what the client had said.
    """

    line: int
    said: str
    recorded: Server | None
    answered: Reply | None

    @property
    def same(self) -> bool:
        """Whether the codes agree; texts may differ. Without codes the status words must."""
        if self.recorded is None or self.answered is None:
            return False
        if self.recorded.code == NO_CODE:
            return status(self.recorded.lines) == status(self.answered.lines)
        return self.recorded.code == self.answered.code


def status(lines: Sequence[str]) -> str:
    """The status of a reply without a code: `+OK` and `-ERR` begin it; IMAP has it behind the last line's tag."""
    first = lines[0].split(" ", 1)[0]
    return first if first in ("+OK", "-ERR", "+") else " ".join(lines[-1].split()[1:2])


def play(dialogue: Dialogue, first: Turn, order: Order) -> Iterator[Played]:
    """The turns of a dialogue, one by one. `first` is the greeting's turn."""
    yield Played(first, None)
    now = first.after
    for entry in dialogue.entries:
        for turn in _turns(now, entry, order):
            yield Played(turn, entry)
            now = turn.after


def _turns(simulation: Simulation, entry: Entry, order: Order) -> tuple[Turn, ...]:
    if isinstance(entry, Client):
        return (simulation.say(entry.text),)
    if isinstance(entry, Content):
        return _content(simulation, entry.text)
    if isinstance(entry, Command):
        return (order(simulation, entry),)
    return ()


def _content(simulation: Simulation, text: str) -> tuple[Turn, ...]:
    """A line of the letter, its dot stuffed again. Where the letter was refused, it is not sent."""
    wanted = simulation.wants_octets
    if wanted:
        return simulation.feed((encoded(text) + b"\r\n")[:wanted]).turns
    if simulation.connection.state.phase is not Phase.DATA:
        return ()
    return (simulation.say(f".{text}" if text.startswith(".") else text),)


def compare(dialogue: Dialogue, first: Turn, order: Order) -> Iterator[Played | Compared]:
    """As `play`, and between the turns each recorded reply beside the one that the simulation gave."""
    answers: deque[tuple[str, Reply]] = deque()
    records: deque[Server] = deque()
    yield Played(first, None)
    _note(answers, first)
    now = first.after
    for entry in dialogue.entries:
        if isinstance(entry, Server):
            records.append(entry)
        for turn in _turns(now, entry, order):
            yield Played(turn, entry)
            _note(answers, turn)
            now = turn.after
        while answers and records:
            said, reply = answers.popleft()
            record = records.popleft()
            yield Compared(record.line, said, record, reply)
    yield from (Compared(0, said, None, reply) for said, reply in answers if _was_shown(dialogue))
    yield from (Compared(record.line, "", record, None) for record in records)


def _note(answers: deque[tuple[str, Reply]], turn: Turn) -> None:
    if turn.reply is not None:
        answers.append((turn.line, turn.reply))


def _was_shown(dialogue: Dialogue) -> bool:
    """Whether the file shows replies at all; one without any has nothing to compare."""
    return any(isinstance(entry, Server) for entry in dialogue.entries)
