"""A session typed into `gnutls-cli`. With `--starttls-proto=smtp` only `-V` shows what came before TLS."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import BARE_COMMANDS, BARE_REPLIES, SPOKEN, Format, Sign
from smtpsim.transcript.terminal_capture import Noise, read_unmarked

_NOISE = Noise(
    beside=re.compile(
        r"- |\*\*\* |\|<\d+>\||\s+\S|Processed \d|Resolving |Connecting to |Cannot connect|Could not connect"
        r"|Error |Fatal error|\S+[$#] "
        r"|starttls: waiting for|error receiving |Negotiating "
    ),
    within=re.compile(r"- Sent: \d+ bytes$"),
    opens=re.compile(r"- Certificate type:"),
    closes=re.compile(r"- (?:Handshake was completed|Options:)"),
)
_VERBOSE = re.compile(r"- Received\[\d+\]: |starttls: (?:received|sending): ")


def read(source: Sequence[str]) -> Dialogue:
    """Read what a terminal with gnutls-cli showed."""
    return read_unmarked([_VERBOSE.sub("", line, count=1) for line in source], _NOISE)


FORMAT = Format(
    name="gnutls",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(r"- Simple Client Mode:", 300),
        Sign(r"- (?:Certificate type|Handshake was completed|Status|Description|Session ID|Options)\b", 100),
        Sign(r"Processed \d+ CA certificate", 100),
        BARE_COMMANDS,
        BARE_REPLIES,
    ),
    limits=("limit-unmarked", "limit-before-tls"),
)
