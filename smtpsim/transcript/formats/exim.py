"""What Exim prints: `exim -bh` (a test session, with what the server thinks) and `exim -v` (a delivery).

    -bh:  220 mx.example.com ESMTP Exim        -v:    SMTP<< 220 mx.example.com ESMTP
          >>> host in helo_verify_hosts? no           SMTP>> EHLO client.example.com
          EHLO client.example.com                     SMTP<< 250-mx.example.com
                                                             250 HELP

`SMTP|>` and `SMTP+>` are commands that were sent together with the next. The letter is not shown with -v.
`exim -bs` prints nothing beside the dialogue: it is read as a terminal's session.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.assembly import Assembly
from smtpsim.transcript.dialogue import Client, Dialogue
from smtpsim.transcript.format import BARE_COMMANDS, BARE_REPLIES, SPOKEN, Format, Sign
from smtpsim.transcript.terminal_capture import Noise, read_unmarked

_BEFORE = r"(?:\d\d:\d\d:\d\d(?:\.\d+)? +)?(?:\d+ +)?\s*"
_DELIVERY = re.compile(_BEFORE + r"[SL]MTP(<<|>>|\|>|\+>) ?(.*)", re.DOTALL)
_GOES_ON = re.compile(_BEFORE + r"([2-5]\d\d[ -].*)", re.DOTALL)
_ANSWERING = re.compile(_BEFORE + r"SMTP>> [2-5]\d\d[ -]")
_WRITING = re.compile(r'\(?writing message(?:.*(terminating "\."))?\)?')
_LOG = "LOG: "
_TEST = Noise(
    beside=re.compile(r"LOG: |\*\*\*\* |\s{2,}\S|delivering |Connecting to |[RT]: "),
    within=re.compile(r">>>(?: |$)|LOG: "),
)


def read(source: Sequence[str]) -> Dialogue:
    """Read Exim's output."""
    if any(_DELIVERY.match(line) for line in source):
        return _read_delivery(source)
    return read_unmarked(_logged(source), _TEST)


def _logged(source: Sequence[str]) -> list[str]:
    """The lines, those that go on with an entry of the log marked as its first one is."""
    lines: list[str] = []
    for line in source:
        goes_on = line.startswith(" ") and lines and lines[-1].startswith(_LOG)
        lines.append(_LOG + line if goes_on else line)
    return lines


def _read_delivery(source: Sequence[str]) -> Dialogue:
    assembly = Assembly()
    server = ">>" if any(_ANSWERING.match(line) for line in source) else "<<"
    for number, line in enumerate(source, 1):
        match = _DELIVERY.fullmatch(line)
        if match is None:
            more = _GOES_ON.fullmatch(line) if assembly.reply_open else None
            if more:
                assembly.server(more[1], number)
        elif match[1] == server:
            assembly.server(match[2], number)
        elif writing := _WRITING.fullmatch(match[2]):
            if writing[1]:
                assembly.exact(Client(".", number))
        else:
            assembly.exact(Client(match[2], number))
    return Dialogue(assembly.entries())


FORMAT = Format(
    name="exim",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(r"\*\*\*\* SMTP testing", 300),
        Sign(r">>> .*\? (?:yes|no)\b", 100),
        Sign(r">>> (?:using ACL|processing|check|routing|accept:|deny:)", 60),
        Sign(_BEFORE + r"SMTP(?:<<|>>|\|>|\+>) ", 100),
        Sign(_LOG, 60),
        BARE_COMMANDS,
        BARE_REPLIES,
    ),
    limits=("limit-unmarked", "limit-no-content"),
)
