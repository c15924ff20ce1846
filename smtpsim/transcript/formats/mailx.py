"""What s-nail prints with `-v -v` or `-d`: `>>> SERVER: ` is the server, any other `>>> ` the client.

It shows the lines of the letter before their dots are stuffed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.kernel.dots import stuffed
from smtpsim.transcript.assembly import Assembly
from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign

_LINE = re.compile(r"(?:[\w./-]+: )?>>>(?: (SERVER: )?(.*))?", re.DOTALL)


def read(source: Sequence[str]) -> Dialogue:
    """Read s-nail's output."""
    assembly = Assembly()
    for number, line in enumerate(source, 1):
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        text = match[2] or ""
        if match[1]:
            assembly.server(text, number)
        elif assembly.in_letter and text != ".":
            assembly.client(stuffed(text), number)
        else:
            assembly.client(text, number)
    return Dialogue(assembly.entries())


FORMAT = Format(
    name="mailx",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(r"(?:[\w./-]+: )?>>> SERVER: ", 100),
        Sign(r"[\w./-]+: (?:Resolving host|Connecting to) ", 5),
        Sign(r"[\w./-]+: >>> (?:EHLO|HELO|MAIL|RCPT|DATA|QUIT)\b", 100),
    ),
)
