"""The line that an explanation offers to try can be typed after a mail, within one, or where mail is picked up."""

from __future__ import annotations

import pytest

from smtpsim.protocol.smtp.table import KNOWN
from smtpsim.shell.answer import Refused
from smtpsim.shell.shell import Shell
from smtpsim.views.topics import TOPICS
from smtpsim.views.tries import TRIES
from tests.shell.conftest import Begin
from tests.shell.test_shell import MAIL

LINES = sorted({*TOPICS.values(), *TRIES.values()})
PICKED_UP = sorted(
    {line for key, line in (*TOPICS.items(), *TRIES.items()) if key.startswith(("pop3", "imap"))}
    | {line for line in LINES if line.startswith("a1 ")}
)

POP, IMAP = ":connect pop.hogefuga.com:110", ":connect imap.hogefuga.com:143"


def in_mailbox(begin: Begin, line: str) -> Shell:
    """Where such a line is for: POP3 or IMAP, before the log-in or after it."""
    if line == "DONE":
        return begin(*MAIL, IMAP, *SELECTED, "b3 IDLE")
    if not (line[:1] == "a" and line[1:2].isdecimal()):
        return (
            begin(*MAIL, POP)
            if line.split()[0] in ("USER", "PASS", "APOP", "AUTH", "STLS")
            else begin(*MAIL, POP, *LOGIN)
        )
    return begin(*MAIL, IMAP) if line.startswith("a1 ") else begin(*MAIL, IMAP, *SELECTED)


LOGIN = ("USER test@hogefuga.com", "PASS example")
SELECTED = ("b1 LOGIN test@hogefuga.com example", "b2 SELECT INBOX")


@pytest.mark.parametrize("line", LINES)
def test_a_line_to_try_can_be_typed(begin: Begin, line: str) -> None:
    if line.startswith(":"):
        assert not isinstance(begin(*MAIL[:8]).command(line), Refused), line
    elif line in PICKED_UP:
        begun = in_mailbox(begin, line)
        begun.input(line)
        assert begun.now.faults == ()
    elif line.split()[0] in KNOWN:
        begun = begin("EHLO a.example")
        begun.input(line)
        assert begun.now.faults == ()
    else:
        assert line.startswith(".") or ": " in line, line
