"""What PHPMailer prints with `SMTPDebug` 1 to 4, as text or as HTML.

    2026-04-01 09:00:00  SERVER -> CLIENT: 250-mx.example.com
                                           250 HELP
    2026-04-01 09:00:00  CLIENT -> SERVER: MAIL FROM:<a@example.com>

At level 1 there are no replies; what level 4 says of each line that came in is said again when the reply is whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign
from smtpsim.transcript.marked import Numbered, Side, read_said

_BEFORE = r"(?:\[[^\]]*\] |\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s+)?"
_MARKS = {
    "SERVER -> CLIENT": Side.SERVER,
    "SMTP -> FROM SERVER": Side.SERVER,  # PHPMailer 5
    "CLIENT -> SERVER": Side.CLIENT,
    "CLIENT -> SMTP": Side.CLIENT,  # PHPMailer 5
}
_LINE = re.compile(f"{_BEFORE}({'|'.join(_MARKS)}): ?(.*)", re.DOTALL)
_GOES_ON = re.compile(r"\s{8,}([2-5]\d\d[ -].*)", re.DOTALL)
_BREAK = re.compile(r"<br ?/?>$")


def read(source: Sequence[str]) -> Dialogue:
    """Read PHPMailer's output."""
    return read_said(_said(_text(source)))


def _text(source: Sequence[str]) -> Iterator[str]:
    """The lines as text, whether they are text or HTML."""
    for line in source:
        yield unescape(_BREAK.sub("", line)) if _BREAK.search(line) else line


def _said(lines: Iterator[str]) -> Iterator[Numbered]:
    side = Side.CLIENT
    for number, line in enumerate(lines, 1):
        if match := _LINE.fullmatch(line):
            side = _MARKS[match[1]]
            yield number, side, match[2]
        elif side is Side.SERVER and (more := _GOES_ON.fullmatch(line)):
            yield number, side, more[1]


FORMAT = Format(
    name="phpmailer",
    keeps=SPOKEN,
    read=read,
    signs=(Sign(f"{_BEFORE}(?:{'|'.join(_MARKS).replace('>', '(?:>|&gt;)')}):", 100),),
    limits=("limit-hidden-by-option",),
)
