"""Postfix's log with `-v` or `debug_peer_list`: `<` is what a process was told, `>` what it said.

    Apr  1 09:00:00 mx postfix/smtpd[4711]: > client.example.com[192.0.2.10]: 220 mx.example.com ESMTP Postfix
    Apr  1 09:00:00 mx postfix/smtpd[4711]: < client.example.com[192.0.2.10]: EHLO client.example.com

Of smtpd `>` is the server, of smtp and lmtp the client. The letter is not in the log.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import Format, Sign
from smtpsim.transcript.marked import Numbered, Side, by_session, read_said

_BEFORE = r"(?:.*? )?(?:postfix[\w-]*/)(?:[\w-]+/)*(\w+)\[(\d+)\]: ([<>]) \S+\[[^\]]*\](?::\w+)?: "
_LINE = re.compile(_BEFORE + "(.*)", re.DOTALL)
_CLIENTS = ("smtp", "lmtp")


def read(source: Sequence[str]) -> Dialogue:
    """Read the lines of the dialogue from Postfix's log, one process after the other."""
    return read_said(by_session(_said(source)))


def _said(source: Sequence[str]) -> Iterator[tuple[str, Numbered]]:
    for number, line in enumerate(source, 1):
        if match := _LINE.fullmatch(line):
            program, process, mark, text = match.groups()
            server = (mark == "<") == (program in _CLIENTS)
            yield process, (number, Side.SERVER if server else Side.COMMAND, text)


FORMAT = Format(
    name="postfixlog",
    keeps=frozenset({"commands", "replies", "end"}),
    read=read,
    signs=(Sign(_BEFORE, 100),),
    limits=("limit-no-content",),
)
