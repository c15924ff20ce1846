"""What nodemailer writes with `logger: true, debug: true`: `S: ` and `C: ` after time, level and connection.

    [2026-04-01 09:00:00] DEBUG [OGB41IeNJ4M] S: 220 mx.example.com ESMTP
    [2026-04-01 09:00:00] DEBUG [OGB41IeNJ4M] C: EHLO client.example.com

The lines of the letter have no mark: they come between the 354 and the next reply, as they went over the wire.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Numbered, Side, by_session, read_said

_BEFORE = r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] (?:DEBUG|TRACE) +\[([\w-]+)\] "
_LINE = re.compile(_BEFORE + r"(S: |C: |)(.*)", re.DOTALL)
_START_LETTER = re.compile(r"354(?: |$)")
_HIDDEN = re.compile(r" ?/\* secret \*/")


def read(source: Sequence[str]) -> Dialogue:
    """Read nodemailer's log."""
    return read_said(by_session(_said(source)))


def _said(source: Sequence[str]) -> Iterator[tuple[str, Numbered]]:
    in_letter: dict[str, bool] = {}
    for number, line in enumerate(source, 1):
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        session, mark, text = match[1], match[2], _HIDDEN.sub("", match[3])
        if mark == "S: ":
            in_letter[session] = bool(_START_LETTER.match(text))
            yield session, (number, Side.SERVER, text)
        elif in_letter.get(session):
            yield session, (number, Side.CLIENT, match[2] + match[3])
            in_letter[session] = match[3] != "."
        elif mark:
            yield session, (number, Side.CLIENT, text)


FORMAT = Format(
    name="nodemailer",
    keeps=SPOKEN,
    read=read,
    signs=(Sign(_BEFORE + "[SC]: ", 100),),
    limits=("limit-hidden-by-option",),
)
