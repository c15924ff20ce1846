"""What `sendmail -v` and the older `mailx -v` print: `>>> ` is the client, a reply code the server.

In Sendmail's own bounce the server has `<<< ` before it. The letter is not shown, its dot is. Lines with the
code 050 tell of the next hop: they belong to another dialogue.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import BARE_REPLIES, Format, Sign
from smtpsim.transcript.marked import Said, Side, read_marked

_CLIENT = re.compile(r">>>(?: |$)")
_BARE = re.compile(r"(?=[2-5]\d\d(?:[ -]|$))")
_MARKED = re.compile(r"<<< ")


def read(source: Sequence[str]) -> Dialogue:
    """Read sendmail's output."""
    server = _MARKED if any(_MARKED.match(line) for line in source) else _BARE

    def said(line: str) -> Said | None:
        if match := _CLIENT.match(line):
            return Side.COMMAND, line[match.end() :]
        match = server.match(line)
        return (Side.SERVER, line[match.end() :]) if match else None

    return read_marked(source, said)


FORMAT = Format(
    name="sendmail",
    keeps=frozenset({"commands", "replies", "end"}),
    read=read,
    signs=(
        Sign(r">>> (?:EHLO|HELO|MAIL|RCPT|DATA|QUIT|RSET|AUTH|STARTTLS)\b", 60, re.IGNORECASE),
        Sign(r"<<< [2-5]\d\d[ -]", 30),
        BARE_REPLIES,
        Sign(r"\S+\.\.\. (?:Connecting to|Sent|Deferred|User unknown)", 20),
    ),
    limits=("limit-no-content",),
)
