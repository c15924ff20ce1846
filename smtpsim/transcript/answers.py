"""Which of a recording's replies answers which of its lines, as the recording alone tells."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from smtpsim.transcript.dialogue import Client, Command, Content, Entry, Server

GREETING = 220
GREETINGS = frozenset({0, GREETING, 421, 521, 554})
"""The codes that a server may begin with (RFC 5321 3.1, RFC 7504 2.1); POP3 and IMAP have none."""

START_LETTER = 354


class Answers(NamedTuple):
    """`greeting` is the reply before the client's first line, None where the recording begins later. `by_line` holds
    the replies to an entry, by the entry's index: one to a line of the client, any number to a simulator command.
    `unasked` are the indexes of replies to nothing that the recording shows, as to the dot of a letter that it hides.
    """

    greeting: Server | None
    by_line: dict[int, list[Server]]
    unasked: frozenset[int]


def answers_of(entries: Sequence[Entry]) -> Answers:
    """Replies come in the order of the lines that they answer (RFC 2920 3.1); some answer one command only."""
    greeting, start = _greeting(entries)
    waiting: deque[int] = deque()
    by_line: dict[int, list[Server]] = {}
    unasked = set()
    for index in range(start, len(entries)):
        entry = entries[index]
        if _speaks(entry):
            _ask(entries, waiting, index)
        elif isinstance(entry, Server):
            asked = _asked(entries, waiting, entry)
            if asked is None:
                unasked.add(index)
            else:
                by_line.setdefault(asked, []).append(entry)
    return Answers(greeting, by_line, frozenset(unasked))


def _speaks(entry: Entry) -> bool:
    """Whether the server hears of an entry and answers it."""
    if isinstance(entry, Command):
        return entry.name in _SPEAKING
    return isinstance(entry, Client)


_SPEAKING = frozenset({"connect", "compose"})
"""Simulator commands that open a connection, or talk to the server as a mail program does."""


def _ask(entries: Sequence[Entry], waiting: deque[int], index: int) -> None:
    """A command that speaks begins something new: nothing before it is answered after it."""
    if waiting and any(isinstance(entries[place], Command) for place in (index, waiting[0])):
        waiting.clear()
    waiting.append(index)


def _greeting(entries: Sequence[Entry]) -> tuple[Server | None, int]:
    """The greeting, and the index of the client's first line. A file that begins in the middle, as one of a client
    that shows its own part only after STARTTLS, has other replies there, which answer nothing that it shows."""
    asked = (index for index, entry in enumerate(entries) if _speaks(entry) or isinstance(entry, Content))
    start = next(asked, len(entries))
    return next((reply for reply in shown(entries[:start]) if reply.code in GREETINGS), None), start


def _asked(entries: Sequence[Entry], waiting: deque[int], reply: Server) -> int | None:
    """The line that a reply answers. A simulator command may have several, up to the next line of the client."""
    verb = _ONLY.get(reply.code)
    if verb:
        _pass_over_to(next((index for index in waiting if _says(entries[index], verb)), None), waiting)
    if not waiting:
        return None
    return waiting[0] if isinstance(entries[waiting[0]], Command) else waiting.popleft()


_ONLY = {START_LETTER: "DATA", 221: "QUIT"}
"""Replies that one command alone gets (RFC 5321 4.2.3)."""


def _says(entry: Entry, verb: str) -> bool:
    return isinstance(entry, Client) and entry.text.strip().upper() == verb


def _pass_over_to(index: int | None, waiting: deque[int]) -> None:
    """Lines whose replies the recording has lost wait no longer."""
    while index is not None and waiting[0] != index:
        waiting.popleft()


def shown(entries: Sequence[Entry]) -> Iterator[Server]:
    """The replies that the recording shows."""
    return (entry for entry in entries if isinstance(entry, Server))
