"""What `msmtp --debug` prints: `<-- ` is the server, `--> ` the client, all else is about msmtp itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Said, Side, read_marked

_MARK = re.compile(r"(<--|-->)(?: |$)")
_SIDES = {"<--": Side.SERVER, "-->": Side.CLIENT}


def _said(line: str) -> Said | None:
    match = _MARK.match(line)
    return (_SIDES[match[1]], line[match.end() :]) if match else None


def read(source: Sequence[str]) -> Dialogue:
    """Read msmtp's output."""
    return read_marked(source, _said)


FORMAT = Format(
    name="msmtp",
    keeps=SPOKEN,
    read=read,
    signs=(Sign(_MARK.pattern, 60), Sign(r"using account |loaded (?:system|user) configuration file ", 20)),
)
