"""What OpenSMTPD's client `smtp -vvv` prints: `>>>` is the client, `<<<` the server, after the address of its session.

    0x556b41b0e430: <<< 220 mx.example.com ESMTP
    mta: 0x556b41b0e430: >>> EHLO client.example.com

The letter is not shown; its dot is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import Format, Sign
from smtpsim.transcript.marked import Said, Side, read_marked

_BEFORE = r"(?:\w+: )?(?:0x)?[0-9a-f]{6,}: "
_LINE = re.compile(_BEFORE + r"(>>>|<<<) ?(.*)", re.DOTALL)
_SIDES = {">>>": Side.COMMAND, "<<<": Side.SERVER}


def _said(line: str) -> Said | None:
    match = _LINE.fullmatch(line)
    return (_SIDES[match[1]], match[2]) if match else None


def read(source: Sequence[str]) -> Dialogue:
    """Read the trace of OpenSMTPD's client."""
    return read_marked(source, _said)


FORMAT = Format(
    name="opensmtpd",
    keeps=frozenset({"commands", "replies", "end"}),
    read=read,
    signs=(Sign(_BEFORE + r"(?:>>>|<<<)", 100),),
    limits=("limit-no-content",),
)
