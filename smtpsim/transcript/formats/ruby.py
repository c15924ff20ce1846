"""What Ruby's Net::SMTP writes with `set_debug_output`: `-> "..."` is read from the server, `<- "..."` written to it.

    -> "220 mx.example.com ESMTP\\r\\n"
    <- "EHLO client.example.com\\r\\n"

The arrows are the other way round than swaks' are, and the lines are strings of Ruby. The letter is not shown: in its
place stands how many octets were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import Format, Sign
from smtpsim.transcript.formats.smtplib import value
from smtpsim.transcript.marked import Numbered, Side, read_said

_LINE = re.compile(r'(->|<-) "((?:[^"\\]|\\.)*)"', re.DOTALL)
_SIDES = {"->": Side.SERVER, "<-": Side.COMMAND}


def read(source: Sequence[str]) -> Dialogue:
    """Read the debugging output of Net::SMTP."""
    return read_said(_said(source))


def _said(source: Sequence[str]) -> Iterator[Numbered]:
    for number, line in enumerate(source, 1):
        if match := _LINE.fullmatch(line):
            for text in value(match[2]).removesuffix("\n").split("\n"):
                yield number, _SIDES[match[1]], text.removesuffix("\r")


FORMAT = Format(
    name="ruby",
    keeps=frozenset({"commands", "replies"}),
    read=read,
    signs=(Sign(r'-> "[2-5]\d\d[ -]', 200), Sign(r'<- "[A-Z]+\b', 200)),
    limits=("limit-no-content",),
)
