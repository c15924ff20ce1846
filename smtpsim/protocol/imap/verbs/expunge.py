"""EXPUNGE: what has the flag \\Deleted goes for good (RFC 3501 6.4.3)."""

from __future__ import annotations

from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.flags import DELETED
from smtpsim.protocol.imap.news import expunged
from smtpsim.protocol.imap.service import Service
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.imap.step import Command, Step, Verb, answer, no_arguments, refuse, selected, with_mails
from smtpsim.protocol.maildrop import MailsRemoved


def _begin(state: State, service: Service, command: Command, arguments: None) -> Step:
    maildrop, read_only = selected(state)
    if read_only:
        return refuse(state, service, command.tag, "read-only")
    kept = [mail for mail in maildrop.mails if DELETED not in mail.flags]
    gone = tuple(mail.uid for mail in maildrop.mails if DELETED in mail.flags)
    removed: tuple[Fact, ...] = (MailsRemoved(maildrop.name, gone),) if gone else ()
    untagged = expunged(maildrop.mails, {mail.uid for mail in kept})
    return answer(with_mails(state, kept), service, command, "expunge", untagged, *removed)


EXPUNGE = Verb("EXPUNGE", "EXPUNGE", no_arguments, _begin)
