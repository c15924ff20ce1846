"""STATUS: how much lies in a mailbox, without selecting it (RFC 3501 6.3.10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.flags import SEEN
from smtpsim.protocol.imap.news import recent_count
from smtpsim.protocol.imap.question import Verdict
from smtpsim.protocol.imap.quoting import string
from smtpsim.protocol.imap.scanner import Scanner, read_list, read_mailbox
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
from smtpsim.protocol.maildrop import Maildrop

ITEMS: dict[str, Callable[[Maildrop], int]] = {
    "MESSAGES": lambda maildrop: len(maildrop.mails),
    "RECENT": lambda maildrop: recent_count(maildrop.mails),
    "UIDNEXT": lambda maildrop: maildrop.uid_next,
    "UIDVALIDITY": lambda maildrop: maildrop.uid_validity,
    "UNSEEN": lambda maildrop: sum(SEEN not in mail.flags for mail in maildrop.mails),
}


class Asked(NamedTuple):
    mailbox: str
    items: tuple[str, ...]


def _read(scanner: Scanner) -> Asked | Fault:
    """status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")" """
    mailbox = scanner.after_space(read_mailbox)
    if isinstance(mailbox, Fault):
        return mailbox
    items = scanner.after_space(lambda scanner: read_list(scanner, _read_item))
    return items if isinstance(items, Fault) else Asked(mailbox, tuple(dict.fromkeys(items)))


def _read_item(scanner: Scanner) -> str | Fault:
    start = scanner.at
    match = scanner.take(grammar.ATOM)
    if match and match.group().upper() in ITEMS:
        return match.group().upper()
    scanner.at = start
    return scanner.fault("imap-status-item")


def _begin(state: State, service: Service, command: Command, asked: Asked) -> ImapPending:
    def finish(state: State, service: Service, verdict: Verdict) -> ImapStep:
        maildrop = verdict.maildrop(asked.mailbox)
        if maildrop is None:
            return refuse(state, service, command.tag, "no-such-mailbox")
        told = " ".join(f"{item} {ITEMS[item](maildrop)}" for item in asked.items)
        return answer(state, service, command, "status", [f"STATUS {string(asked.mailbox)} ({told})"])

    return with_maildrops(state, service, command, finish, asked.mailbox)


VERBS = (Verb("STATUS", "STATUS INBOX (MESSAGES UNSEEN)", _read, _begin, after_login(), rank=100),)
