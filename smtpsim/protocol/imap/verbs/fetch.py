"""FETCH: flags, envelopes, and the letters themselves (RFC 3501 6.4.5, 7.4.2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.message.dates import internal_date
from smtpsim.message.mime import Part, read_parts
from smtpsim.protocol.imap.envelope import envelope
from smtpsim.protocol.imap.facts import Fact
from smtpsim.protocol.imap.flags import SEEN, flag_list
from smtpsim.protocol.imap.items import ITEMS, Item, read_items
from smtpsim.protocol.imap.marking import flags_changed, marked, no_such_message
from smtpsim.protocol.imap.quoting import listed, nliteral
from smtpsim.protocol.imap.scanner import Scanner
from smtpsim.protocol.imap.sections import section_octets
from smtpsim.protocol.imap.sequence import SequenceSet, read_sequence_set
from smtpsim.protocol.imap.service import Command, ImapStep, Service, Verb, answer, in_mailbox, refuse, selected
from smtpsim.protocol.imap.state import State
from smtpsim.protocol.imap.structure import body, body_structure
from smtpsim.protocol.maildrop import Mail, MailsFetched


class Wanted(NamedTuple):
    numbers: SequenceSet
    items: tuple[Item, ...]


def _read(scanner: Scanner) -> Wanted | Fault:
    """fetch = "FETCH" SP sequence-set SP items"""
    numbers = scanner.after_space(read_sequence_set)
    if isinstance(numbers, Fault):
        return numbers
    items = scanner.after_space(read_items)
    return items if isinstance(items, Fault) else Wanted(numbers, items)


class _Opened:
    """A mail that is taken apart only when an item needs it."""

    def __init__(self, mail: Mail) -> None:
        self.mail = mail

    @cached_property
    def message(self) -> Part:
        return read_parts(self.mail.octets)


_TOLD: dict[str, Callable[[_Opened], str]] = {
    "UID": lambda opened: str(opened.mail.uid),
    "FLAGS": lambda opened: flag_list(opened.mail.flags),
    "INTERNALDATE": lambda opened: internal_date(opened.mail.internal_date),
    "RFC822.SIZE": lambda opened: str(len(opened.mail.octets)),
    "ENVELOPE": lambda opened: envelope(opened.message.entity.headers),
    "BODY": lambda opened: body(opened.message),
    "BODYSTRUCTURE": lambda opened: body_structure(opened.message),
}


def _begin(state: State, service: Service, command: Command, wanted: Wanted) -> ImapStep:
    before = selected(state)
    wrong = no_such_message(state, service, command, wanted.numbers)
    if wrong:
        return wrong
    indexes = wanted.numbers.indexes(before.maildrop.mails, command.by_uid)
    read = () if before.read_only or all(item.peeks for item in wanted.items) else indexes
    after = marked(state, read, lambda flags: flags | {SEEN})
    mails = selected(after).maildrop.mails
    responses, left = [], service.limits.reply
    for index in indexes:
        seen_now = mails[index] is not before.maildrop.mails[index]
        response = _response(index, mails[index], _items(wanted.items, command.by_uid, seen_now), left)
        if response is None:
            return refuse(state, service, command.tag, "limit")
        responses.append(response)
        left -= len(response)
    return answer(after, service, command, "fetch", responses, *_facts(state, after, wanted.items, indexes))


def _items(items: tuple[Item, ...], by_uid: bool, seen_now: bool) -> tuple[Item, ...]:
    """What is told: UID FETCH tells the uid, and a changed flag is told, asked for or not (RFC 3501 6.4.8, 5.2)."""
    uid, flags = ITEMS["UID"], ITEMS["FLAGS"]
    first = (uid,) if by_uid and uid not in items else ()
    last = (flags,) if seen_now and flags not in items else ()
    return (*first, *items, *last)


def _response(index: int, mail: Mail, items: tuple[Item, ...], left: int) -> str | None:
    """The response of one mail, None when it is longer than what is left."""
    opened, told = _Opened(mail), []
    for item in items:
        value = _TOLD[item.name](opened) if item.section is None else _piece(opened, item)
        left -= len(item.name) + len(value)
        if left < 0:
            return None
        told.append(f"{item.name} {value}")
    return f"{index + 1} FETCH {listed(told)}"


def _piece(opened: _Opened, item: Item) -> str:
    """A section of the letter, or a slice of it."""
    assert item.section is not None
    whole = not item.section.numbers and not item.section.text
    octets = opened.mail.octets if whole else section_octets(opened.message, item.section)
    if octets is None or item.slice is None:
        return nliteral(octets)
    begin, most = item.slice
    return nliteral(octets[begin : begin + most])


def _facts(before: State, after: State, items: tuple[Item, ...], indexes: list[int]) -> tuple[Fact, ...]:
    maildrop = selected(after).maildrop
    uids = tuple(maildrop.mails[index].uid for index in indexes)
    opened = any(item.section for item in items) and uids
    fetched: tuple[Fact, ...] = (MailsFetched(maildrop.name, uids),) if opened else ()
    return (*fetched, *flags_changed(before, after))


FETCH = Verb("FETCH", "FETCH 1:* (FLAGS ENVELOPE)", _read, _begin, in_mailbox(), rank=220)

VERBS = (FETCH,)
