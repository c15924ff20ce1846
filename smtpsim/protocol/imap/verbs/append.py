"""APPEND and COPY: mails that come into a mailbox without SMTP (RFC 3501 6.3.11, 6.4.7; RFC 4315 3 for their uids)."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.message.dates import read_internal_date
from smtpsim.protocol.imap import grammar
from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.flags import Flags, read_flag, united
from smtpsim.protocol.imap.marking import no_such_message
from smtpsim.protocol.imap.news import News, with_news
from smtpsim.protocol.imap.question import Verdict
from smtpsim.protocol.imap.scanner import Scanner, read_list, read_mailbox
from smtpsim.protocol.imap.sequence import SequenceSet, number_set, read_sequence_set
from smtpsim.protocol.imap.service import (
    Command,
    ImapPending,
    ImapStep,
    Service,
    Verb,
    after_login,
    answer,
    in_mailbox,
    refuse,
    selected,
    with_maildrops,
)
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.maildrop import RECENT, Maildrop, MailsAdded, NewMail


class Appended(NamedTuple):
    """`internal_date` is None where the command names none."""

    mailbox: str
    octets: bytes
    flags: Flags
    internal_date: int | None


def _read(scanner: Scanner) -> Appended | Fault:
    """append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal"""
    mailbox = scanner.after_space(read_mailbox)
    flags = mailbox if isinstance(mailbox, Fault) else _read_flags(scanner)
    date = flags if isinstance(flags, Fault) else _read_date(scanner)
    if isinstance(mailbox, Fault) or isinstance(flags, Fault) or isinstance(date, Fault):
        return date if isinstance(date, Fault) else scanner.fault("imap-argument-missing")
    octets = scanner.after_space(_read_literal)
    return octets if isinstance(octets, Fault) else Appended(mailbox, octets, flags, date)


def _read_flags(scanner: Scanner) -> Flags | Fault:
    if not scanner.looking_at(" ("):
        return frozenset()
    flags = scanner.after_space(lambda scanner: read_list(scanner, read_flag))
    return flags if isinstance(flags, Fault) else united(frozenset(), frozenset(flags))


def _read_date(scanner: Scanner) -> int | Fault | None:
    """The date-time, None where none stands there."""
    if not scanner.looking_at(' "'):
        return None
    scanner.skip(" ")
    start = scanner.at
    found = scanner.take(grammar.DATE_TIME)
    seconds = read_internal_date(found[0]) if found else None
    return scanner.fault("imap-date-syntax", at=start) if seconds is None else seconds


def _read_literal(scanner: Scanner) -> bytes | Fault:
    return scanner.literal_octets() if scanner.take(grammar.LITERAL) else scanner.fault("imap-literal-missing")


def _append(state: State, service: Service, command: Command, given: Appended) -> ImapStep | ImapPending:
    if len(given.flags) > service.limits.flags:
        return refuse(state, service, command.tag, "limit")

    def mails(now: int) -> tuple[NewMail, ...]:
        date = now if given.internal_date is None else given.internal_date
        return (NewMail(given.octets, given.flags, date),)

    return _into(state, service, command, given.mailbox, mails)


class Copied(NamedTuple):
    numbers: SequenceSet
    mailbox: str


def _read_copy(scanner: Scanner) -> Copied | Fault:
    """copy = "COPY" SP sequence-set SP mailbox"""
    numbers = scanner.after_space(read_sequence_set)
    if isinstance(numbers, Fault):
        return numbers
    mailbox = scanner.after_space(read_mailbox)
    return mailbox if isinstance(mailbox, Fault) else Copied(numbers, mailbox)


def _copy(state: State, service: Service, command: Command, given: Copied) -> ImapStep | ImapPending:
    """All of them or none (RFC 3501 6.4.7)."""
    wrong = no_such_message(state, service, command, given.numbers)
    if wrong:
        return wrong
    found = selected(state).maildrop.mails
    mails = [found[index] for index in given.numbers.indexes(found, command.by_uid)]
    copies = tuple(NewMail(mail.octets, mail.flags - {RECENT}, mail.internal_date) for mail in mails)
    uids = number_set([mail.uid for mail in mails])
    return _into(state, service, command, given.mailbox, lambda now: copies, uids)


def _into(
    state: State,
    service: Service,
    command: Command,
    mailbox: str,
    mails_of: Callable[[int], tuple[NewMail, ...]],
    copied: str = "",
) -> ImapPending:
    """Put mails into a mailbox of the user's, which must be there and have place for them. `mails_of` makes them of the
    time that it is; `copied` are the uids of those that they are copies of."""

    def finish(state: State, service: Service, verdict: Verdict) -> ImapStep:
        drop, mails = verdict.maildrop(mailbox), mails_of(verdict.now)
        if drop is None:
            return refuse(state, service, command.tag, "try-create")
        if not drop.holds(mails):
            return refuse(state, service, command.tag, "over-quota")
        uids = number_set(range(drop.uid_next, drop.uid_next + len(mails)))
        facts: tuple[Fact, ...] = (MailsAdded(mailbox, mails),) if mails else ()
        state, untagged, news = _looked(state, drop.added(mails))
        key = command.verb.lower() if mails else f"{command.verb.lower()}-none"
        values = {"validity": drop.uid_validity, "copied": copied, "uids": uids}
        return answer(state, service, command, key, untagged, *facts, *news, **values)

    return with_maildrops(state, service, command, finish, mailbox)


def _looked(state: State, grown: Maildrop) -> News:
    """What has just come into the open mailbox is told at once (RFC 3501 6.3.11)."""
    if state.selected is None or state.selected.maildrop.name != grown.name:
        return News(state, (), ())
    return with_news(state, grown)


APPEND = Verb("APPEND", "APPEND INBOX literal", _read, _append, after_login(), rank=120, most=attrgetter("message"))
COPY = Verb("COPY", "COPY 1 Archive", _read_copy, _copy, in_mailbox(), rank=250)

VERBS = (APPEND, COPY)
