"""What Perl's Net::SMTP writes with `Debug => 1`: `>>>` is the client, `<<<` the server, after the object's address.

    Net::SMTP=GLOB(0x558f460fa948)<<< 220 mx.example.com ESMTP
    Net::SMTP=GLOB(0x558f460fa948)>>> EHLO client.example.com

It shows the lines of the letter before their dots are stuffed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Said, Side, read_marked

_BEFORE = r"[\w:]+=GLOB\(0x[0-9a-f]+\)"
_LINE = re.compile(_BEFORE + r"(>>>|<<<) ?(.*)", re.DOTALL)
_SIDES = {">>>": Side.AUTHOR, "<<<": Side.SERVER}


def _said(line: str) -> Said | None:
    match = _LINE.fullmatch(line)
    return (_SIDES[match[1]], match[2].removesuffix("\r")) if match else None


def read(source: Sequence[str]) -> Dialogue:
    """Read the debugging output of Net::SMTP."""
    return read_marked(source, _said)


FORMAT = Format(
    name="perl",
    keeps=SPOKEN,
    read=read,
    signs=(Sign(_BEFORE + r"(?:>>>|<<<)", 100),),
)
