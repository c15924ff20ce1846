"""Changes the flags of mails in the selected mailbox."""

from __future__ import annotations

from collections.abc import Callable, Collection

from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.flags import RECENT, Flags
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.imap.step import selected, with_mails
from smtpsim.protocol.maildrop import Flagged, FlagsChanged


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
