"""A command line: cut into verb and argument, and what is odd about it as a line (RFC 5321 2.4, 4.1.1)."""

from __future__ import annotations

import re

from smtpsim.kernel.fault import Fault, Remarks
from smtpsim.protocol.smtp.fault import fault
from smtpsim.protocol.smtp.framing import CRLF, Line
from smtpsim.protocol.smtp.grammar import COMMAND_LIMIT, FULL_WIDTH
from smtpsim.protocol.smtp.service import Command

# a verb runs to the first blank; what stands after the blanks is the argument
_COMMAND = re.compile(r"[ \t]*([^ \t]+)[ \t]*(.*)", re.DOTALL)

# HTAB is a blank, and a CR has a fault of its own
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x0c\x0e-\x1f\x7f]")


def read_command(text: str) -> Command | Fault:
    """Cut a command line; verbs are taken in any case, and blanks around the command are forgiven."""
    text = text.rstrip(" \t\r")
    match = _COMMAND.fullmatch(text)
    if not match:
        return fault("empty-line", 1)
    return Command(match.group(1).upper(), match.group(2), match.start(2), text)


def line_remarks(line: Line, text: str) -> Remarks:
    """What is odd about the line whatever it says; `text` is the line decoded."""
    octets = len(line.text) + len(CRLF)
    if text.isascii() and text.isprintable() and line.end == CRLF and octets <= COMMAND_LIMIT:
        return ()
    found = []
    wide = FULL_WIDTH.search(text)
    if wide:
        found.append(fault("full-width", wide.start() + 1, wide.group()))
    if octets > COMMAND_LIMIT:
        found.append(fault("line-too-long", 0, str(octets)))
    control = _CONTROL.search(text)
    if control:
        found.append(fault("control-octet", control.start() + 1))
    if "\r" in text:
        found.append(fault("bare-cr", text.index("\r") + 1))
    if line.end != CRLF:
        found.append(fault("bare-lf", len(text) + 1))
    return tuple(found)
