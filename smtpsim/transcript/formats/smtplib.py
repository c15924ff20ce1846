r"""What Python's smtplib prints with `set_debuglevel(1)` or `(2)`: a repr of each line sent or received.

send: 'ehlo client.example.com\r\n'
reply: b'250 mx.example.com\r\n'
send: b'Subject: hello\r\n\r\nHello\r\n.\r\n'
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from smtpsim.kernel.printable import decoded, encoded
from smtpsim.transcript.assembly import Assembly
from smtpsim.transcript.dialogue import Dialogue
from smtpsim.transcript.format import SPOKEN, Format, Sign

_BEFORE = r"(?:\d{4}-\d\d-\d\d )?(?:\d\d:\d\d:\d\d(?:\.\d+)? )?"
_REPR = r"[bu]?(?:'([^'\\]*(?:\\.[^'\\]*)*)'|\"([^\"\\]*(?:\\.[^\"\\]*)*)\")"
_LINE = re.compile(_BEFORE + rf"(send|reply): {_REPR}\s*", re.DOTALL)
_ENDING = re.compile(r"\r?\n")
_LAST_ENDING = re.compile(r"\r?\n\Z")
_ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|(.))", re.DOTALL)
_NAMED = {"n": "\n", "r": "\r", "t": "\t", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}


def _meant(match: re.Match[str]) -> str:
    if match[4]:
        return _NAMED.get(match[4], match[4])
    code = int(match[1] or match[2] or match[3], 16)
    if match[1] and code >= 0x80:
        return chr(0xDC00 + code)
    return "\ufffd" if 0xD800 <= code < 0xE000 or code > 0x10FFFF else chr(code)


def value(text: str) -> str:
    """The text that a repr stands for; its octets read as UTF-8."""
    return decoded(encoded(_ESCAPE.sub(_meant, text)))


def read(source: Sequence[str]) -> Dialogue:
    """Read smtplib's debugging output. The summaries of replies (`retcode`) repeat what is known."""
    assembly = Assembly()
    for number, line in enumerate(source, 1):
        match = _LINE.fullmatch(line)
        if match is None:
            continue
        take = assembly.client if match[1] == "send" else assembly.server
        text = value(match[2] if match[2] is not None else match[3])
        for part in _ENDING.split(_LAST_ENDING.sub("", text)):
            take(part, number)
    return Dialogue(assembly.entries())


FORMAT = Format(
    name="smtplib",
    keeps=SPOKEN,
    read=read,
    signs=(Sign(_BEFORE + r"(?:send|reply): [bu]?['\"]", 80), Sign(_BEFORE + r"connect: ", 20)),
)
