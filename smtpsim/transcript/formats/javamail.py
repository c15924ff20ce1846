"""What JavaMail prints with `setDebug(true)`: the dialogue as it goes over the wire, `DEBUG` lines beside it.

While `mail.debug.auth` is off, the commands of AUTH are not shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import BARE_COMMANDS, BARE_REPLIES, SPOKEN, Format, Sign
from smtpsim.transcript.terminal_capture import Noise, read_unmarked

_NOISE = Noise(
    beside=re.compile(r"DEBUG(?: [\w-]+)*:|\*\*\* |Loading |Message sent"),
    opens=re.compile(
        r"Exception in thread |(?:\w+\.)+\w*(?:Exception|Error)\b|\tat |Caused by: "
        r"|DEBUG \w+: got response code \d+, with response: \d\d\d-"
    ),
    closes=re.compile(r"DEBUG|$"),
)


def read(source: Sequence[str]) -> Dialogue:
    """Read JavaMail's debugging output."""
    return read_unmarked(source, _NOISE)


FORMAT = Format(
    name="javamail",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(r"DEBUG SMTPS?: ", 100),
        Sign(r"DEBUG: ", 50),
        BARE_COMMANDS,
        BARE_REPLIES,
    ),
    limits=("limit-unmarked", "limit-hidden-by-option"),
)
