"""A session in a terminal: telnet, nc, ncat, socat, BusyBox' telnet, `exim -bs`, swaks without its hints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import BARE_COMMANDS, BARE_REPLIES, SPOKEN, Format, Sign
from smtpsim.transcript.terminal_capture import Noise, read_unmarked

_CONNECTION = re.compile(
    r"Trying \S|Connected to \S|Connecting to \S|Escape character is |Entering \w+ mode"
    r"|Connection closed\b|Connection to \S"
    r"|telnet(?:>|: )|\^[\]CD]$|(?:Ncat|nc(?:\.\w+)?|netcat|socat|busybox): |\(UNKNOWN\) |DNS fwd/rev mismatch"
    r"|Operating (?:in|with) |(?:Local|Remote) character echo|Catching signals|No special characters"
    r"|\?(?:Ambiguous|Invalid) command|continuing\.\.\."
    r"|Console escape\. Commands are:| [lcze]\t\w"
    r"|Warning: inverse host lookup|(?:\^C)? sent \d+, rcvd \d+|(?:\^C)? ?punt!|\S+ \[[\d.:a-f]+\] \d+ \(\S+\) open"
    r"|Script (?:started|done) |=== |\*\*\* |=~=~=|[\w.~@/:-]*[$#%] |\[[^\s@]+@\S+ [^\]]*\][$#] "
    r"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d "
    r"|\d{4}/\d\d/\d\d \d\d:\d\d:\d\d socat\["
    r"|Process(?:ing)? .* (?:exited|finished)|read\(net\): |Broken pipe|Connection reset by peer"
)
_NOISE = Noise(beside=_CONNECTION)


def read(source: Sequence[str]) -> Dialogue:
    """Read what a terminal showed."""
    return read_unmarked(source, _NOISE)


FORMAT = Format(
    name="telnet",
    keeps=SPOKEN,
    read=read,
    signs=(
        BARE_COMMANDS,
        BARE_REPLIES,
        Sign(r"(?:telnet|nc|Ncat|netcat): .*(?:refused|connect|timed out|unreachable)", 5),
        Sign(r"(?:Trying|Connected to) \S|Escape character is |Connection closed by foreign host", 20),
    ),
    limits=("limit-unmarked",),
)
