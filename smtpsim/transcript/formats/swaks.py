"""What swaks prints: a hint before each line tells who speaks, whether inside TLS, whether it was expected.

=== Trying 127.0.0.1:25...
<-  220 mx.example.com          <~ inside TLS, <** and <~* an error
 -> EHLO client.example.com     ~> inside TLS, **> and ~*> an error
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Said, Side, read_marked

_SERVER = re.compile(r"<(?:- |~ |-|~|\*\*|~\*|-\*)(?: |$)")
_CLIENT = re.compile(r" ?(?:->|~>|\*\*>|~\*>|-\*>)(?: |$)")
_COUNT = re.compile(r"\d+ lines sent")


def _said(line: str) -> Said | None:
    if match := _SERVER.match(line):
        return Side.SERVER, line[match.end() :]
    if (match := _CLIENT.match(line)) and not _COUNT.fullmatch(line, match.end()):
        return Side.CLIENT, line[match.end() :]
    return None


def read(source: Sequence[str]) -> Dialogue:
    """Read swaks' output. With `--suppress-data` the letter and its dot are not in it."""
    return read_marked(source, _said)


FORMAT = Format(
    name="swaks",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(_SERVER.pattern, 40),
        Sign(_CLIENT.pattern, 40),
        Sign(r"=== (?:Trying|Connected to|TLS started)", 5),
    ),
    limits=("limit-hidden-by-option",),
)
