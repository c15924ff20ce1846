"""EXPUNGE: what has the flag \\Deleted goes for good (RFC 3501 6.4.3); with UID only those of some (RFC 4315 2.1)."""

from __future__ import annotations

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.flags import DELETED
from smtpsim.protocol.imap.news import expunged
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.imap.sequence import SequenceSet, read_sequence_set
from smtpsim.protocol.imap.service import (
    Command,
    ImapStep,
    Service,
    Verb,
    answer,
    in_mailbox,
    no_arguments,
    refuse,
    selected,
    with_mails,
)
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.maildrop import MailsRemoved


def _begin(state: State, service: Service, command: Command, numbers: SequenceSet | None) -> ImapStep:
    maildrop, read_only = selected(state)
    if read_only:
        return refuse(state, service, command.tag, "read-only")
    chosen = range(len(maildrop.mails)) if numbers is None else numbers.indexes(maildrop.mails, by_uid=True)
    gone = [maildrop.mails[index].uid for index in chosen if DELETED in maildrop.mails[index].flags]
    kept = {mail.uid: mail for mail in maildrop.mails}
    for uid in gone:
        del kept[uid]
    removed: tuple[Fact, ...] = (MailsRemoved(maildrop.name, tuple(gone)),) if gone else ()
    untagged = expunged(maildrop.mails, kept)
    return answer(with_mails(state, kept.values()), service, command, "expunge", untagged, *removed)


def _read_uids(scanner: Scanner) -> SequenceSet | Fault:
    return scanner.after_space(read_sequence_set)


UID_EXPUNGE = Verb("EXPUNGE", "UID EXPUNGE 7", _read_uids, _begin, in_mailbox())

VERBS = (Verb("EXPUNGE", "EXPUNGE", no_arguments, _begin, in_mailbox(), rank=260),)
