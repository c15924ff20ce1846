"""The mails that the numbers of a command name: a number that is none, and flags that change (RFC 3501 6.4)."""

from __future__ import annotations

from collections.abc import Callable, Collection

from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.fault import fault
from smtpsim.protocol.imap.flags import Flags
from smtpsim.protocol.imap.sequence import SequenceSet
from smtpsim.protocol.imap.service import Command, ImapStep, Service, refuse, selected, with_mails
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.maildrop import RECENT, Flagged, FlagsChanged


def marked(state: State, indexes: Collection[int], change: Callable[[Flags], Flags]) -> State:
    """The state with the flags of these mails changed; a mail whose flags stay the same stays the same value."""
    if not indexes:
        return state
    mails = list(selected(state).maildrop.mails)
    for index in indexes:
        flags = change(mails[index].flags)
        if flags != mails[index].flags:
            mails[index] = mails[index]._replace(flags=flags)
    return with_mails(state, mails)


def flags_changed(before: State, after: State) -> tuple[Fact, ...]:
    """The fact of what `marked` changed. \\Recent is the session's own, so the world does not hear of it."""
    maildrop = selected(after).maildrop
    pairs = zip(selected(before).maildrop.mails, maildrop.mails, strict=True)
    changes = tuple(Flagged(new.uid, new.flags - {RECENT}) for old, new in pairs if old is not new)
    return (FlagsChanged(maildrop.name, changes),) if changes else ()


def no_such_message(state: State, service: Service, command: Command, numbers: SequenceSet) -> ImapStep | None:
    """The refusal, None when every number is one. Unique identifiers that are gone are no mistake (RFC 3501 6.4.8)."""
    count = len(selected(state).maildrop.mails)
    if command.by_uid or not numbers.beyond(count):
        return None
    wrong = fault("imap-no-such-message", numbers.column, str(count))
    return refuse(state, service, command.tag, "no-such-message", wrong, count=count)
