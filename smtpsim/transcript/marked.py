"""Reading files in which a mark before each line tells who speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto

from smtpsim.kernel.dots import stuffed
from smtpsim.transcript.assembly import Assembly
from smtpsim.transcript.dialogue import Client, Dialogue


class Side(Enum):
    """Who speaks. COMMAND is the client in a file that does not show the letter, AUTHOR the client in one that shows
    the lines of the letter before their dots are stuffed."""

    CLIENT = auto()
    COMMAND = auto()
    AUTHOR = auto()
    SERVER = auto()


Said = tuple[Side, str]
"""Who said what, without the mark."""

Numbered = tuple[int, Side, str]
"""The same, with the number of the line in the file."""


def read_marked(lines: Iterable[str], said: Callable[[str], Said | None]) -> Dialogue:
    """The dialogue in `lines`. `said` takes a line apart; it gives None for a line that nobody said."""
    return read_said((number, *found) for number, line in enumerate(lines, 1) if (found := said(line)))


def read_said(said: Iterable[Numbered]) -> Dialogue:
    """The dialogue of lines that were taken apart."""
    assembly = Assembly()
    for number, side, text in said:
        _TAKE[side](assembly, text, number)
    return Dialogue(assembly.entries())


def _author(assembly: Assembly, text: str, number: int) -> None:
    assembly.client(stuffed(text) if assembly.in_letter and text != "." else text, number)


_TAKE: dict[Side, Callable[[Assembly, str, int], None]] = {
    Side.CLIENT: Assembly.client,
    Side.COMMAND: lambda assembly, text, number: assembly.exact(Client(text, number)),
    Side.AUTHOR: _author,
    Side.SERVER: Assembly.server,
}


def by_session(found: Iterable[tuple[str, Numbered]]) -> Iterator[Numbered]:
    """The lines of a log in which several sessions are mixed, one session after the other. Each line comes with what
    tells its session from the others: a process, an id."""
    sessions: dict[str, list[Numbered]] = {}
    for session, said in found:
        sessions.setdefault(session, []).append(said)
    for lines in sessions.values():
        yield from lines
