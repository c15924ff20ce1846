"""What `curl -v` prints: `< ` is the server, `> ` the client, `* ` a remark, `} ` and `{ ` octets not shown.

Each may have a time (`--trace-time`) or connection numbers (`--trace-ids`) before it, and may stand after
what the progress meter left on the line. The letter, its dot, and the last QUIT are not shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import Format, Sign
from smtpsim.transcript.marked import Said, Side, read_marked

_BEFORE = r"(?:\d\d:\d\d:\d\d(?:\.\d+)? )?(?:\[\w+-\w+\] )?"
_MARK = re.compile(_BEFORE + r"([<>])(?: |$)")
_METER = re.compile(r"\r?[\s\d.kMGTP-]*(?:[\d:-]{8}\s+){1,3}[\d.]+[kMGTP]?(?=[<>*{}] )|\r?.*[# ]\d+\.\d%(?=[<>*{}] )")
_SIDES = {"<": Side.SERVER, ">": Side.COMMAND}


def _said(line: str) -> Said | None:
    if ("--:--" in line or "%" in line) and (meter := _METER.match(line)):
        line = line[meter.end() :]
    match = _MARK.match(line)
    return (_SIDES[match[1]], line[match.end() :]) if match else None


def read(source: Sequence[str]) -> Dialogue:
    """Read curl's output."""
    return read_marked(source, _said)


FORMAT = Format(
    name="curl",
    keeps=frozenset({"commands", "replies"}),
    read=read,
    signs=(
        Sign(_BEFORE + r"< [2-5]\d\d[ -]", 60),
        Sign(_BEFORE + r"> (?:EHLO|HELO|MAIL|RCPT|DATA|QUIT)\b", 30),
        Sign(_BEFORE + r"\* +(?:Trying|Connected to|Closing connection|Connection #)", 30),
    ),
    limits=("limit-no-content",),
)
