"""CREATE, DELETE, RENAME, SUBSCRIBE and UNSUBSCRIBE: a user's mailboxes (RFC 3501 6.3.3 to 6.3.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.facts import Fact
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
    refuse,
    with_maildrops,
)
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.imap.verbs.listing import DELIMITER
from smtpsim.protocol.maildrop import (
    MailboxMade,
    MailboxRemoved,
    MailboxRenamed,
    Maildrop,
    MailsAdded,
    MailsRemoved,
    NewMail,
    Subscribed,
)

INBOX = "INBOX"


class Case(NamedTuple):
    """What a command is about: the mailboxes that there are, which of them is open, and how many there may be."""

    drops: Mapping[str, Maildrop]
    selected: str
    most: int


Change = Callable[[Case, str], "tuple[Fact, ...] | str"]
"""The facts of a change of one mailbox, or the key of the reply that refuses it."""


def _read(scanner: Scanner) -> str | Fault:
    """create = "CREATE" SP mailbox, and the others likewise"""
    return scanner.after_space(read_mailbox)


def _changing(change: Change) -> Callable[[State, Service, Command, str], ImapPending]:
    def begin(state: State, service: Service, command: Command, mailbox: str) -> ImapPending:
        return _changed(state, service, command, lambda case: change(case, mailbox))

    return begin


def _changed(
    state: State, service: Service, command: Command, change: Callable[[Case], tuple[Fact, ...] | str]
) -> ImapPending:
    def finish(state: State, service: Service, verdict: Verdict) -> ImapStep:
        drops = {drop.name: drop for drop in verdict.maildrops}
        open_now = state.selected.maildrop.name if state.selected else ""
        found = change(Case(drops, open_now, service.limits.mailboxes))
        if isinstance(found, str):
            return refuse(state, service, command.tag, found)
        return answer(state, service, command, command.verb.lower(), (), *found)

    return with_maildrops(state, service, command, finish)


def _made(case: Case, name: str) -> tuple[MailboxMade, ...] | str:
    """The mailbox and those above it that there are not yet, the outermost first (RFC 3501 6.3.3)."""
    name = name.removesuffix(DELIMITER)
    if name.upper() == INBOX or name in case.drops:
        return "already-exists"
    if not grammar.MAILBOX_NAME.fullmatch(name):
        return "bad-name"
    levels = name.split(DELIMITER)
    names = (DELIMITER.join(levels[:depth]) for depth in range(1, len(levels) + 1))
    new = tuple(MailboxMade(one) for one in names if one not in case.drops and one.upper() != INBOX)
    return new if len(case.drops) + len(new) <= case.most else "limit"


def _removed(case: Case, name: str) -> tuple[Fact, ...] | str:
    """Mails and all. Custom: not with mailboxes below it (RFC 9051 6.3.5 HASCHILDREN), nor while it is open here."""
    refusal = _immovable(case, name)
    if refusal:
        return refusal
    return "has-children" if list(_below(case, name)) else (MailboxRemoved(name),)


def _immovable(case: Case, name: str) -> str:
    """Why a mailbox can be neither removed nor renamed, "" where it can."""
    if name not in case.drops:
        return "no-such-mailbox"
    if case.drops[name].fixed:
        return "fixed-mailbox"
    open_here = case.selected == name or case.selected.startswith(f"{name}{DELIMITER}")
    return "in-use" if open_here else ""


def _below(case: Case, name: str) -> Iterable[str]:
    return (one for one in case.drops if one.startswith(f"{name}{DELIMITER}"))


class Renaming(NamedTuple):
    old: str
    new: str


def _read_renaming(scanner: Scanner) -> Renaming | Fault:
    """rename = "RENAME" SP mailbox SP mailbox"""
    old = scanner.after_space(read_mailbox)
    if isinstance(old, Fault):
        return old
    new = scanner.after_space(read_mailbox)
    return new if isinstance(new, Fault) else Renaming(old, new)


def _rename(state: State, service: Service, command: Command, names: Renaming) -> ImapPending:
    return _changed(state, service, command, lambda case: _renamed(case, *names))


def _renamed(case: Case, old: str, new: str) -> tuple[Fact, ...] | str:
    """With all mailboxes below it; of INBOX only the mails move, for there is always one (RFC 3501 6.3.5)."""
    refusal = "" if old == INBOX else _immovable(case, old)
    made = _made(case, new)
    if refusal or isinstance(made, str):
        return refusal or str(made)
    if old == INBOX:
        return (*made, *_emptied(case.drops[INBOX], made[-1].mailbox))
    to = made[-1].mailbox
    if to.startswith(f"{old}{DELIMITER}"):
        return "bad-name"
    moved = (MailboxRenamed(one, to + one.removeprefix(old)) for one in (old, *_below(case, old)))
    return (*made[:-1], *moved)


def _emptied(inbox: Maildrop, to: str) -> tuple[Fact, ...]:
    mails = tuple(NewMail(mail.octets, mail.flags, mail.internal_date) for mail in inbox.mails)
    if not mails:
        return ()
    return MailsAdded(to, mails), MailsRemoved(INBOX, tuple(mail.uid for mail in inbox.mails))


def _subscribed(on: bool) -> Change:
    def change(case: Case, name: str) -> tuple[Fact, ...] | str:
        return (Subscribed(name, on),) if name in case.drops else "no-such-mailbox"

    return change


VERBS = (
    Verb("CREATE", "CREATE Archive", _read, _changing(_made), after_login(), rank=130),
    Verb("DELETE", "DELETE Archive", _read, _changing(_removed), after_login(), rank=140),
    Verb("RENAME", "RENAME Archive Old", _read_renaming, _rename, after_login(), rank=150),
    Verb("SUBSCRIBE", "SUBSCRIBE Archive", _read, _changing(_subscribed(True)), after_login(), rank=160),
    Verb("UNSUBSCRIBE", "UNSUBSCRIBE Archive", _read, _changing(_subscribed(False)), after_login(), rank=170),
)
