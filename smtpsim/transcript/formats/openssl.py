"""A session typed into `openssl s_client`, with or without `-quiet`.

Without `-quiet` s_client keeps lines that begin with R (renegotiate) and Q (quit) for itself: they are shown,
but never sent; with TLS 1.3, R ends it. With `-starttls smtp` what came before TLS is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import BARE_COMMANDS, BARE_REPLIES, SPOKEN, Format, Sign
from smtpsim.transcript.terminal_capture import Noise, read_unmarked

_BESIDE = re.compile(
    r"---$|CONNECTED\(|depth=\d|verify |read R BLOCK|write W BLOCK|RENEGOTIATING|KEYUPDATE|HEARTBEATING"
    r"|DONE$|closed$|read:errno|write:errno|[0-9A-Fa-f]{8,}:error:|\d+:error:|Can't use SSL_get_servername"
    r"|Didn't f|SSL3 alert|Connecting to |Connection closed|\S+[$#] |Secure Renegotiation "
    r"|Early data "
)
_WITHIN = re.compile(
    r"(?:<<<|>>>) .*\[length [0-9a-f]{4}\]|    [0-9a-f]{2}(?: [0-9a-f]{2}){0,15}$"  # -msg
    r"|(?:read from|write to) 0x|[0-9a-f]{4} - (?:[0-9a-f]{2}[ -]){1,16} "  # -debug
    r"|SSL_(?:connect|accept):"  # -state
)
_NOISE = Noise(
    beside=_BESIDE,
    within=_WITHIN,
    opens=re.compile(r"Post-Handshake New Session Ticket|SSL-Session:|Certificate chain|Server certificate"),
    closes=re.compile(r"---$"),
)
_KEPT = {"R": "RENEGOTIATING", "Q": "DONE"}
_ERROR = re.compile(r"[0-9A-Fa-f]+:error:")
_REPLY = re.compile(r"[2-5]\d\d[ -]")


def _sent(lines: Sequence[str]) -> list[str]:
    """The lines, those that s_client kept for itself made blank, up to where it gave up."""
    kept = [*lines]
    for index in range(len(lines) - 1):
        answer = _KEPT.get(lines[index][:1])
        if answer is None or lines[index + 1] != answer:
            continue
        kept[index] = ""
        if _ERROR.match("".join(lines[index + 2 : index + 3])):
            return kept[:index]
    return kept


def _alive(lines: list[str]) -> list[str]:
    """The lines up to the DONE after which the server says no more: s_client has left."""
    for index in range(len(lines) - 1, -1, -1):
        if _REPLY.match(lines[index]):
            break
        if lines[index] == "DONE":
            return lines[:index]
    return lines


def read(source: Sequence[str]) -> Dialogue:
    """Read what a terminal with s_client showed."""
    return read_unmarked(_alive(_sent(source)), _NOISE)


FORMAT = Format(
    name="openssl",
    keeps=SPOKEN,
    read=read,
    signs=(
        Sign(r"CONNECTED\([0-9A-F]+\)", 300),
        Sign(r"depth=\d+ ", 100),
        Sign(r"verify (?:error|return):", 100),
        Sign(r"SSL handshake has read|Post-Handshake New Session Ticket|read R BLOCK", 100),
        BARE_COMMANDS,
        BARE_REPLIES,
    ),
    limits=("limit-unmarked", "limit-before-tls"),
)
