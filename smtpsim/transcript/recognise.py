"""Which format a file is in, told by what stands in it, and whether what was read is surely a dialogue."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from re import Pattern

from smtpsim.transcript import formats
from smtpsim.transcript.assembly import NO_CODE, is_command
from smtpsim.transcript.dialogue import Client, Dialogue, Server, TranscriptFault

_SAMPLE = 2_000
_START_LETTER = re.compile(r"354(?: |$)")


def recognise(lines: Sequence[str]) -> str | None:
    """The name of the format with the most evidence in the first lines, or None where there is no evidence.

    What stands in a letter is no evidence. Each sign counts once for each line it matches, up to five lines.
    """
    sample = [line for line in _without_letters(lines[:_SAMPLE]) if line.strip()]
    score, best = max((_score(name, sample), name) for name in formats.names())
    return best if score else None


def _without_letters(lines: Sequence[str]) -> Iterable[str]:
    """The lines without the letters that a terminal shows: in one there may be anything, such as another recording."""
    dots = [index for index, line in enumerate(lines) if line == "."]
    begin = 0
    for index, line in enumerate(lines):
        if index < begin:
            continue
        yield line
        if _START_LETTER.match(line):
            begin = next(iter(dots[bisect_left(dots, index) :]), begin)


def _score(name: str, sample: Sequence[str]) -> int:
    return sum(weight * _matches(pattern, sample) for pattern, weight in _signs(name))


def _matches(pattern: Pattern[str], sample: Sequence[str]) -> int:
    found = 0
    for line in sample:
        if pattern.match(line):
            found += 1
            if found == 5:
                break
    return found


@cache
def _signs(name: str) -> tuple[tuple[Pattern[str], int], ...]:
    form = formats.load(name)
    return tuple((sign.compiled(), sign.weight) for sign in form.signs) if form and form.read else ()


_SHOWN = 60
_NOT_UNDERSTOOD = range(500, 505)
_FEWEST = 3
"""Odd lines that a file must have: one or two may be anybody's mistakes."""

# The commands of POP3, and those of IMAP after their tag, which a format of SMTP may hold too (RFC 1939 5, RFC 3501 6)
_FETCHING = re.compile(
    r"(?:USER|PASS|APOP|STAT|LIST|UIDL|RETR|TOP|DELE|CAPA|STLS)\b"
    r"|[^\s()]+ (?:LOGIN|LOGOUT|CAPABILITY|AUTHENTICATE|NOOP|SELECT|EXAMINE|STATUS|LIST|LSUB|FETCH|STORE|SEARCH|UID"
    r"|CLOSE|EXPUNGE|APPEND|COPY)\b",
    re.IGNORECASE,
)


def doubt(dialogue: Dialogue) -> TranscriptFault | None:
    """Why what was read in a format that nobody named is no SMTP dialogue: most of the client's lines are no commands.

    A line that the server did not understand may be anything, and so may an answer to a challenge. A file with a head
    of ours is what it says.
    """
    if dialogue.target or dialogue.directives or any(reply.code == NO_CODE for reply in _replies(dialogue)):
        return None
    said = [entry for entry in dialogue.entries if isinstance(entry, Client)]
    odd = list(_odd(dialogue))
    if len(odd) < _FEWEST or len(odd) * 2 <= len(said):
        return None
    return TranscriptFault(odd[0].line, "doubtful", (("text", odd[0].text[:_SHOWN]),))


def _replies(dialogue: Dialogue) -> Iterator[Server]:
    return (entry for entry in dialogue.entries if isinstance(entry, Server))


def _odd(dialogue: Dialogue) -> Iterator[Client]:
    """The client's lines that are no commands of any mail protocol, no answers to a 334 and no dots, and that the
    server did not refuse as unknown."""
    before = 0
    entries = [entry for entry in dialogue.entries if isinstance(entry, Client | Server)]
    for entry, after in zip_longest(entries, entries[1:]):
        if isinstance(entry, Server):
            before = entry.code
            continue
        unknown = isinstance(after, Server) and after.code in _NOT_UNDERSTOOD
        command = is_command(entry.text) or _FETCHING.match(entry.text)
        if not (command or entry.text == "." or before == 334 or unknown):
            yield entry
