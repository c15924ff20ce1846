"""Logs in which a process number stands before each line of both sides: `recordio` (ucspi-tcp), and Sendmail's `-X`.

    21829 > 220 mx.example.com ESMTP          recordio; a line that is not whole ends in a plus sign
    21829 < EHLO client.example.com
    04711 <<< EHLO client.example.com         sendmail -X
    04711 >>> 250 mx.example.com

`<` is what the program was told and `>` what it said: which of them is the server, the reply codes tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Side, by_session, read_said

_LINE = re.compile(r"(\d+) (<<<|>>>|<|>) ?(.*)", re.DOTALL)
_REPLY = re.compile(r"[2-5]\d\d[ -]")
_END = "[EOF]"


def read(source: Sequence[str]) -> Dialogue:
    """Read the log of one process or of several."""
    lines = list(_lines(source))
    servers: dict[str, str] = {}
    for process, _, mark, text in lines:
        if _REPLY.match(text):
            servers.setdefault(process, mark)
    return read_said(
        by_session(
            (process, (number, Side.SERVER if servers.get(process) == mark else Side.CLIENT, text))
            for process, number, mark, text in lines
        )
    )


def _lines(source: Sequence[str]) -> Iterator[tuple[str, int, str, str]]:
    """Whole lines: the process, the number in the file, the mark, the text."""
    begun: dict[tuple[str, str], str] = {}
    for number, line in enumerate(source, 1):
        match = _LINE.fullmatch(line)
        if match is None or match[3].rstrip() == _END:
            continue
        process, mark, text = match[1], match[2], begun.pop((match[1], match[2]), "") + match[3]
        if len(mark) == 1 and text.endswith("+"):
            begun[process, mark] = text[:-1]
        else:
            yield process, number, mark, text.removesuffix(" ").removesuffix("\r")


FORMAT = Format(
    name="recordio",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(r"\d+ (?:<<<|>>>|<|>) [2-5]\d\d[ -]", 100),
        Sign(r"\d+ (?:<<<|>>>|<|>) (?:EHLO|HELO|MAIL|RCPT|DATA|QUIT)\b", 100, re.IGNORECASE),
    ),
)
