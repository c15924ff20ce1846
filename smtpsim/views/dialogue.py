"""The dialogue as lines: each turn adds its own once, and a long session is never gone through again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from smtpsim.explain import Words
from smtpsim.kernel.printable import printable
from smtpsim.session.simulation import Turn, TurnKind
from smtpsim.session.timeline import Timeline
from smtpsim.views.row import Mark


class Speaker(StrEnum):
    CLIENT = "client"
    LETTER = "letter"  # the client, inside the letter
    SERVER = "server"
    SIMULATOR = "simulator"  # a `:` line
    NOTE = "note"


class Line(NamedTuple):
    """One line of the dialogue, safe to print. `columns` are those that a fault points at, from 1; `turn` is
    the number to show before it, None on all lines of a turn but the first."""

    speaker: Speaker
    text: str
    turn: int | None = None
    mark: Mark = Mark.NONE
    columns: tuple[int, ...] = ()


_SPEAKERS = {
    "command": Speaker.CLIENT,
    "answer": Speaker.CLIENT,
    "content": Speaker.LETTER,
    "octets": Speaker.LETTER,
    "simulator": Speaker.SIMULATOR,
}


def lines_of(turn: Turn, words: Words) -> tuple[Line, ...]:
    """The lines that one turn adds: what was typed, what the server said, and whether it hung up."""
    lines = [*_typed(turn), *_said(turn)]
    if any(fact.key == "closed" for fact in turn.facts):
        lines.append(Line(Speaker.NOTE, words("repl.connection-closed")))
    if lines:
        lines[0] = lines[0]._replace(turn=turn.number)
    return tuple(lines)


def _typed(turn: Turn) -> list[Line]:
    if turn.kind == TurnKind.CONNECT:
        return []
    speaker = Speaker.CLIENT if turn.reply and turn.kind == TurnKind.CONTENT else _SPEAKERS[turn.kind]
    first, *more = turn.line.removesuffix("\r\n").split("\r\n")
    return [_pointed(speaker, first, turn), *(Line(speaker, printable(text)) for text in more)]


def _pointed(speaker: Speaker, text: str, turn: Turn) -> Line:
    """The line with the columns of its faults, as they are counted in the safe text."""
    columns = sorted({fault.column for fault in turn.faults if fault.column})
    shown = tuple(len(printable(text[: column - 1])) + 1 for column in columns)
    return Line(speaker, printable(text), columns=shown)


def _said(turn: Turn) -> list[Line]:
    reply = turn.reply
    if reply is None:
        return []
    mark = reply_mark(reply.code)
    said = reply.wire().removesuffix("\r\n").split("\r\n")
    return [Line(Speaker.SERVER, printable(text), mark=mark) for text in said]


def folded_list(lines: tuple[Line, ...], turn: Turn, words: Words) -> tuple[Line, ...]:
    """The lines of a turn, with what EHLO listed in one line; those of every other turn as they are."""
    said = [line for line in lines if line.speaker is Speaker.SERVER]
    if len(said) < LEAST_FOLDED or not any(fact.key == "hello" for fact in turn.facts):
        return lines
    text = words("repl.ehlo-folded", first=said[0].text, count=len(said) - 1)
    kept = (line for line in lines if line.speaker is not Speaker.SERVER or line is said[0])
    return tuple(line._replace(text=text) if line is said[0] else line for line in kept)


LEAST_FOLDED = 3
"""Lines of a list that are worth folding."""


def reply_mark(code: int) -> Mark:
    """How a reply of this code is marked (RFC 5321 4.2.1: 2 and 3 go on, 4 is not now, 5 is no)."""
    return {4: Mark.WARN, 5: Mark.BAD}.get(code // 100, Mark.GOOD)


Remarks = Callable[[Turn], tuple[Iterable[str], Iterable[str]]]
"""Gives what a recording remarks over a turn, and under it."""


class Log:
    """The lines of a timeline's turns up to the one that is shown, and the remarks on them; what EHLO listed is one
    line once something else was said. `follow` costs only what has changed."""

    def __init__(self, words: Words, remarks: Remarks = lambda turn: ((), ())) -> None:
        self._words, self._remarks = words, remarks
        self._lines: list[Line] = []
        self._turns: list[Turn] = []
        self._ends: list[int] = []

    def follow(self, timeline: Timeline) -> None:
        """Take off the turns that were undone or replaced, add those that are new."""
        kept = len(self._turns)
        while kept and not timeline.holds(kept - 1, self._turns[kept - 1]):
            kept -= 1
        if kept == len(self._turns) == timeline.position + 1:
            return
        kept = max(kept - 1, 0)  # the last of those that stay may be folded now, or unfolded
        if kept < len(self._turns):
            del self._lines[self._ends[kept - 1] if kept else 0 :]
            del self._turns[kept:], self._ends[kept:]
        for number in range(kept, timeline.position + 1):
            self._add(timeline.turn(number), number == timeline.position)

    def _add(self, turn: Turn, latest: bool) -> None:
        over, under = self._remarks(turn)
        lines = lines_of(turn, self._words)
        self._lines += map(_remark, over)
        self._lines += lines if latest else folded_list(lines, turn, self._words)
        self._lines += map(_remark, under)
        self._turns.append(turn)
        self._ends.append(len(self._lines))

    @property
    def latest(self) -> int:
        """Where the lines of the last turn begin, with the notes over them."""
        return self._ends[-2] if len(self._ends) > 1 else 0

    def __len__(self) -> int:
        return len(self._lines)

    def __getitem__(self, number: int) -> Line:
        return self._lines[number]


def _remark(text: str) -> Line:
    return Line(Speaker.NOTE, printable(f"# {text}"))
