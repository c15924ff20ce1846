"""What s-nail prints with `-v -v` or `-d`: `>>> SERVER: ` is the server, any other `>>> ` the client.

It shows the lines of the letter before their dots are stuffed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Said, Side, read_marked

_LINE = re.compile(r"(?:[\w./-]+: )?>>>(?: (SERVER: )?(.*))?", re.DOTALL)


def _said(line: str) -> Said | None:
    match = _LINE.fullmatch(line)
    return (Side.SERVER if match[1] else Side.AUTHOR, match[2] or "") if match else None


def read(source: Sequence[str]) -> Dialogue:
    """Read s-nail's output."""
    return read_marked(source, _said)


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
