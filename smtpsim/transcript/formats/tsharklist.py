"""tshark's list of packets: what it says of each SMTP packet in a line. The letter is not in it.

    4 0.000930284    127.0.0.1 → 127.0.0.1    SMTP 92 S: 220 mx.example.com ESMTP
    6 0.001377811    127.0.0.1 → 127.0.0.1    SMTP 91 C: EHLO client.example.com

Lines that travelled in one packet stand side by side: `S: 250-mx.example.com | 250 HELP`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpsim.transcript.assembly import is_command
from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import Format, Sign
from smtpsim.transcript.marked import Numbered, Side, read_said

_BEFORE = r"\s*\d+\s+[\d.:]+\s+\S+\s+(?:→|->|\S+)\s+(?:\S+\s+)?(?:E?SMTP|SMTPS?)\s+\d+\s+"
_LINE = re.compile(_BEFORE + r"([SC]): (.*)", re.DOTALL)
_FRAGMENT = re.compile(r"(?:DATA|BDAT) fragment, \d+ bytes?")
_BETWEEN = " | "
_REPLY = re.compile(r"[2-5]\d\d(?:[ -]|$)")


def read(source: Sequence[str]) -> Dialogue:
    """Read a list of packets."""
    return read_said(_said(source))


def _said(source: Sequence[str]) -> Iterator[Numbered]:
    for number, line in enumerate(source, 1):
        match = _LINE.fullmatch(line)
        if match is None or _FRAGMENT.fullmatch(match[2]):
            continue
        side = Side.SERVER if match[1] == "S" else Side.COMMAND
        for text in _parted(match[2], side):
            yield number, side, text


def _parted(text: str, side: Side) -> list[str]:
    """The lines of a packet. A bar that is part of a line is not followed by a reply code or a verb."""
    lines: list[str] = []
    for part in text.split(_BETWEEN):
        begins = _REPLY.match(part) if side is Side.SERVER else is_command(part)
        if lines and not begins:
            lines[-1] += _BETWEEN + part
        else:
            lines.append(part)
    return lines


FORMAT = Format(
    name="tsharklist",
    keeps=frozenset({"commands", "replies"}),
    read=read,
    signs=(Sign(_BEFORE + "[SC]: ", 100),),
    limits=("limit-no-content",),
)
