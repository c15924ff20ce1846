"""What JavaMail prints with `setDebug(true)`: the dialogue as it goes over the wire, `DEBUG` lines beside it.

While `mail.debug.auth` is off, the commands of AUTH are not shown. With CHUNKING a chunk is shown as far as its last
whole line, then its reply, and what is left of it before the next BDAT, on the same line:

    BDAT 40
    From: a@example.com
    250 2.0.0 Ok: 40 bytes
    Subject: a line that goBDAT 40
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from smtpsim.kernel.printable import encoded
from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import BARE_COMMANDS, BARE_REPLIES, SPOKEN, Format, Sign
from smtpsim.transcript.terminal_capture import Noise, read_unmarked

_NOISE = Noise(
    beside=re.compile(r"DEBUG(?: [\w-]+)*:|\*\*\* |Loading |Message sent"),
    opens=re.compile(
        r"Exception in thread |(?:\w+\.)+\w*(?:Exception|Error)\b|\tat |Caused by: "
        r"|DEBUG \w+: got response code \d+, with response: \d\d\d-"
    ),
    closes=re.compile(r"DEBUG|$"),
)


_BDAT = re.compile(r"(.*?)(BDAT [0-9]{1,9}(?: LAST)?)", re.DOTALL)
_REPLY = re.compile(r"[2-5]\d\d[ -]")
_CRLF = 2


class _Placed(NamedTuple):
    """A line in the order in which it went over the wire, its number in the file, and whether a chunk holds it."""

    text: str
    line: int
    content: bool = False


def read(source: Sequence[str]) -> Dialogue:
    """Read JavaMail's debugging output."""
    placed = list(_in_order(source))
    chunks = frozenset(index for index, one in enumerate(placed) if one.content)
    found = read_unmarked([one.text for one in placed], _NOISE, chunks)
    return replace(found, entries=tuple(replace(entry, line=placed[entry.line - 1].line) for entry in found.entries))


def _in_order(source: Sequence[str]) -> Iterator[_Placed]:
    """The lines, each chunk whole before its reply."""
    replies: list[_Placed] = []
    left = 0
    for index, line in enumerate(source):
        number = index + 1
        bdat = _BDAT.fullmatch(line)
        if bdat and (left <= 0 or len(bdat[1]) == left):
            if bdat[1]:
                yield _Placed(bdat[1], number, content=True)
            yield from replies
            yield _Placed(bdat[2], number)
            replies, left = [], int(bdat[2].split()[1])
        elif left > 0 and not _is_reply(source, index, left):
            yield _Placed(line, number, content=True)
            left -= len(encoded(line)) + _CRLF
        elif left > 0:
            replies.append(_Placed(line, number))
        else:
            yield _Placed(line, number)
    yield from replies


def _is_reply(source: Sequence[str], index: int, left: int) -> bool:
    """Whether a line in a chunk is the reply to it: what the chunk lacks then stands before the next BDAT."""
    if not _REPLY.match(source[index]):
        return False
    after = _BDAT.fullmatch(source[index + 1]) if index + 1 < len(source) else None
    return after is not None and len(encoded(after[1])) == left


FORMAT = Format(
    name="javamail",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(r"DEBUG SMTPS?: ", 100),
        Sign(r"DEBUG: ", 50),
        BARE_COMMANDS,
        BARE_REPLIES,
    ),
    limits=("limit-unmarked", "limit-hidden-by-option"),
)
