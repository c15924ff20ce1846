"""Logs of mail programs with `S: ` and `C: ` before each line: MailKit's ProtocolLogger, and Thunderbird's `smtp` log.

Connected to smtp://mx.example.com:25/?starttls=never          MailKit, perhaps with a time before each line
S: 220 mx.example.com ESMTP
C: EHLO client.example.com

mailnews.smtp: S: 220 mx.example.com ESMTP                      Thunderbird, on its console
[Parent 4711: Main Thread]: D/SMTP C: EHLO client.example.com   Thunderbird, with MOZ_LOG=SMTP:5
[4711:Main Thread]: I/SMTP SMTP Send: EHLO client.example.com   older ones; `SMTP Response:` is the server
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Numbered, Side, read_said

_MARKS = {"S": Side.SERVER, "C": Side.CLIENT, "SMTP Response": Side.SERVER, "SMTP Send": Side.CLIENT}
_TIME = r"\d{4}-\d\d-\d\d[T ][\d:.]+(?:Z| UTC)?(?: - )?"
_THUNDERBIRD = rf"(?:{_TIME} ?)?(?:\[[^\]]*\]: [A-Z]/SMTP |mailnews\.smtp: )"
_LINE = re.compile(rf"(?:{_THUNDERBIRD}|{_TIME} )?({'|'.join(_MARKS)}): ?(.*)", re.DOTALL)
_GOES_ON = re.compile(r"[2-5]\d\d[ -].*", re.DOTALL)


def read(source: Sequence[str]) -> Dialogue:
    """Read a log. A reply of several lines may have the mark before the first one only."""
    return read_said(_said(source))


def _said(source: Sequence[str]) -> Iterator[Numbered]:
    side = Side.CLIENT
    for number, line in enumerate(source, 1):
        if match := _LINE.fullmatch(line):
            side = _MARKS[match[1]]
            yield number, side, match[2]
        elif side is Side.SERVER and _GOES_ON.fullmatch(line):
            yield number, side, line


FORMAT = Format(
    name="mailkit",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(rf"(?:{_TIME} )?Connected to smtps?://", 1_000),
        Sign(_THUNDERBIRD + "(?:S|C|SMTP Response|SMTP Send): ", 100),
        Sign(_TIME + " [SC]: ", 100),
    ),
)
