"""SELECT, EXAMINE and CLOSE: which mailbox the numbers belong to (RFC 3501 6.3.1, 6.3.2, 6.4.2)."""

from __future__ import annotations

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap.facts import Fact, MailboxLeft, MailboxSelected
from smtpsim.protocol.imap.flags import DELETED, SEEN, SYSTEM, flag_list
from smtpsim.protocol.imap.news import recent_count, recent_taken
from smtpsim.protocol.imap.question import Verdict
from smtpsim.protocol.imap.scanner import Scanner, read_mailbox
from smtpsim.protocol.imap.service import (
    Command,
    ImapPending,
    ImapStep,
    Service,
    Verb,
    after_login,
    answer,
    in_mailbox,
    no_arguments,
    refuse,
    selected,
    with_maildrops,
)
from smtpsim.protocol.imap.state import Phase, Selected, State
from smtpsim.protocol.maildrop import RECENT, Maildrop, MailsRemoved


def _read(scanner: Scanner) -> str | Fault:
    """select = "SELECT" SP mailbox"""
    return scanner.after_space(read_mailbox)


def _begin(state: State, service: Service, command: Command, mailbox: str) -> ImapPending:
    def finish(state: State, service: Service, verdict: Verdict) -> ImapStep:
        return _open(state, service, command, verdict, mailbox)

    return with_maildrops(state, service, command, finish, mailbox)


def _open(state: State, service: Service, command: Command, verdict: Verdict, mailbox: str) -> ImapStep:
    """The mailbox before is left in any case, also when there is none of the name (RFC 3501 6.3.1)."""
    left: tuple[Fact, ...] = (MailboxLeft(state.selected.maildrop.name),) if state.selected else ()
    outside = state._replace(phase=Phase.AUTHENTICATED, selected=None)
    maildrop = verdict.maildrop(mailbox)
    if maildrop is None:
        return refuse(outside, service, command.tag, "no-such-mailbox")._replace(facts=left)
    read_only = command.verb == "EXAMINE"
    inside = state._replace(phase=Phase.SELECTED, selected=Selected(maildrop, read_only))
    facts = (*left, MailboxSelected(mailbox, read_only), *(() if read_only else recent_taken(maildrop, {})))
    return answer(inside, service, command, command.verb.lower(), _about(maildrop, read_only), *facts)


def _about(maildrop: Maildrop, read_only: bool) -> list[str]:
    """What a client is told of a mailbox that it opens."""
    mails = maildrop.mails
    used = {flag for mail in mails for flag in mail.flags} - {RECENT}
    unseen = next((number for number, mail in enumerate(mails, 1) if SEEN not in mail.flags), 0)
    permanent = "()" if read_only else flag_list((*SYSTEM, "\\*"))
    return [
        f"FLAGS {flag_list(used | set(SYSTEM))}",
        f"{len(mails)} EXISTS",
        f"{recent_count(mails)} RECENT",
        *([f"OK [UNSEEN {unseen}] Message {unseen} is the first unseen one"] if unseen else []),
        f"OK [PERMANENTFLAGS {permanent}] Flags that are kept",
        f"OK [UIDNEXT {maildrop.uid_next}] Predicted next UID",
        f"OK [UIDVALIDITY {maildrop.uid_validity}] UIDs are valid",
    ]


def _close(state: State, service: Service, command: Command, arguments: None) -> ImapStep:
    """What has the flag \\Deleted goes, without a word, unless the mailbox is read-only (RFC 3501 6.4.2)."""
    maildrop, read_only = selected(state)
    gone = () if read_only else tuple(mail.uid for mail in maildrop.mails if DELETED in mail.flags)
    removed: tuple[Fact, ...] = (MailsRemoved(maildrop.name, gone),) if gone else ()
    outside = state._replace(phase=Phase.AUTHENTICATED, selected=None)
    return answer(outside, service, command, "close", (), *removed, MailboxLeft(maildrop.name))


VERBS = (
    Verb("SELECT", "SELECT INBOX", _read, _begin, after_login(Phase.SELECTED), rank=110),
    Verb("EXAMINE", "EXAMINE INBOX", _read, _begin, after_login(Phase.SELECTED), rank=115),
    Verb("CLOSE", "CLOSE", no_arguments, _close, in_mailbox(Phase.AUTHENTICATED), rank=210),
)
