"""Message numbers that there are not refuse a command; unique identifiers do not (RFC 3501 6.4.8, 9)."""

from __future__ import annotations

from smtpsim.protocol.imap.fault import fault
from smtpsim.protocol.imap.sequence import SequenceSet
from smtpsim.protocol.imap.service import Service
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.imap.step import Command, Step, refuse, selected


def no_such_message(state: State, service: Service, command: Command, numbers: SequenceSet) -> Step | None:
    """The refusal, None when every number is one."""
    count = len(selected(state).maildrop.mails)
    if command.by_uid or not numbers.beyond(count):
        return None
    wrong = fault("imap-no-such-message", numbers.column, str(count))
    return refuse(state, service, command.tag, "no-such-message", wrong, count=count)
