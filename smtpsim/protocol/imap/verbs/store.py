"""STORE: sets, adds and takes away flags (RFC 3501 6.4.6)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap.flags import Flags, flag_list, read_flag, united, without
from smtpsim.protocol.imap.marking import flags_changed, marked, no_such_message
from smtpsim.protocol.imap.scanner import Scanner, read_list
from smtpsim.protocol.imap.sequence import SequenceSet, read_sequence_set
from smtpsim.protocol.imap.service import Command, ImapStep, Service, Verb, answer, in_mailbox, refuse, selected
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.maildrop import RECENT, Mail

# store-att-flags = ([ "+" / "-" ] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
_ITEM = re.compile(r"([+-]?)FLAGS(\.SILENT)?(?= |\Z)", re.IGNORECASE)

_CHANGES: dict[str, Callable[[Flags, Flags], Flags]] = {
    "": lambda old, given: given | (old & {RECENT}),
    "+": united,
    "-": without,
}


class Change(NamedTuple):
    """`sign` is +, - or "" for instead; `silent`: no response tells the new flags."""

    numbers: SequenceSet
    sign: str
    silent: bool
    flags: Flags

    def applied(self, old: Flags) -> Flags:
        return _CHANGES[self.sign](old, self.flags)


def _read(scanner: Scanner) -> Change | Fault:
    numbers = scanner.after_space(read_sequence_set)
    if isinstance(numbers, Fault):
        return numbers
    wrong = scanner.space()
    if wrong:
        return wrong
    item = scanner.take(_ITEM)
    if not item:
        return scanner.fault("imap-store-item")
    flags = scanner.after_space(_read_flags)
    if isinstance(flags, Fault):
        return flags
    return Change(numbers, item.group(1), bool(item.group(2)), united(frozenset(), frozenset(flags)))


def _read_flags(scanner: Scanner) -> tuple[str, ...] | Fault:
    """A list, or flags without parentheses."""
    if scanner.looking_at("("):
        return read_list(scanner, read_flag)
    found: list[str] = []
    while not found or not scanner.done:
        flag = scanner.after_space(read_flag) if found else read_flag(scanner)
        if isinstance(flag, Fault):
            return flag
        found.append(flag)
    return tuple(found)


def _begin(state: State, service: Service, command: Command, change: Change) -> ImapStep:
    if selected(state).read_only:
        return refuse(state, service, command.tag, "read-only")
    wrong = no_such_message(state, service, command, change.numbers)
    if wrong:
        return wrong
    indexes = change.numbers.indexes(selected(state).maildrop.mails, command.by_uid)
    after = marked(state, indexes, change.applied)
    mails = selected(after).maildrop.mails
    if any(len(mails[index].flags) > service.limits.flags for index in indexes):
        return refuse(state, service, command.tag, "limit")
    told = [] if change.silent else [_response(index, mails[index], command.by_uid) for index in indexes]
    return answer(after, service, command, "store", told, *flags_changed(state, after))


def _response(index: int, mail: Mail, by_uid: bool) -> str:
    uid = f"UID {mail.uid} " if by_uid else ""
    return f"{index + 1} FETCH ({uid}FLAGS {flag_list(mail.flags)})"


STORE = Verb("STORE", "STORE 1 +FLAGS (\\Seen)", _read, _begin, in_mailbox(), rank=230)

VERBS = (STORE,)
