"""A draft: what somebody fills in to send a mail, checked before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from smtpsim.kernel.fault import Fault
from smtpsim.message.addresses import BadAddress, NamedAddress, checked, unique

NULL_SENDER = "<>"

Given = Mapping[str, Sequence[str]]
"""What was typed for each field of `FIELDS`, any number of times."""


class Draft(NamedTuple):
    """A mail before it is composed. `envelope_from` is None where the author's own address will do, "" for the
    null sender; `receipt_to` are the addresses that want a read receipt."""

    author: NamedAddress
    to: tuple[NamedAddress, ...] = ()
    cc: tuple[NamedAddress, ...] = ()
    bcc: tuple[NamedAddress, ...] = ()
    reply_to: tuple[NamedAddress, ...] = ()
    receipt_to: tuple[NamedAddress, ...] = ()
    envelope_from: str | None = None
    subject: str = ""
    body: str = ""

    @property
    def sender(self) -> str:
        """What will stand in MAIL FROM."""
        return self.author.address if self.envelope_from is None else self.envelope_from

    @property
    def recipients(self) -> tuple[str, ...]:
        """To, Cc and Bcc alike, each address once: one RCPT each."""
        return tuple(named.address for named in unique((*self.to, *self.cc, *self.bcc)))


class DraftFault(NamedTuple):
    """Why a draft cannot be sent: the words' key (`compose.KEY`), the field, what was found there, and what is
    wrong with an address."""

    key: str
    field: str
    found: str = ""
    fault: Fault | None = None


LISTS = ("from", "to", "cc", "bcc", "reply-to", "receipt", "envelope-from")
TEXTS = ("subject", "body")
FIELDS = LISTS + TEXTS
"""The fields of a draft, by the names of the program's options."""

_SINGLE = ("from", "envelope-from", "subject", "body")
_ONE_LINE = (*LISTS, "subject")

_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_draft(given: Given) -> Draft | DraftFault:
    """The draft of what was typed, or the first thing that is wrong with it."""
    fault = _unusable(given)
    if fault:
        return fault
    lists: dict[str, tuple[NamedAddress, ...]] = {}
    for name in LISTS:
        found = _read_list(name, given.get(name, ()))
        if isinstance(found, DraftFault):
            return found
        lists[name] = found
    return _missing(lists) or _filled_in(lists, given)


def _unusable(given: Given) -> DraftFault | None:
    """What no field may hold. A line break in a header would be a second header (RFC 5322 2.2)."""
    for name, values in given.items():
        if name not in FIELDS:
            return DraftFault("field-unknown", name)
        if len(values) > 1 and name in _SINGLE:
            return DraftFault("field-twice", name, values[1])
        for value in values:
            if _SURROGATE.search(value):
                return DraftFault("not-text", name, value)
            if name in _ONE_LINE and _CONTROL.search(value):
                return DraftFault("control-character", name, value)
    return None


def _read_list(name: str, values: Sequence[str]) -> tuple[NamedAddress, ...] | DraftFault:
    if name == "envelope-from" and list(values) == [NULL_SENDER]:
        return (NamedAddress("", ""),)
    found = checked(", ".join(values))
    if isinstance(found, BadAddress):
        return DraftFault("address", name, found.found, found.fault)
    if len(found) > 1 and name in _SINGLE:
        return DraftFault("several", name, found[1].address)
    return found


def _missing(lists: Mapping[str, tuple[NamedAddress, ...]]) -> DraftFault | None:
    if not lists["from"]:
        return DraftFault("no-author", "from")
    if not any(lists[name] for name in ("to", "cc", "bcc")):
        return DraftFault("no-recipients", "to")
    return None


def _filled_in(lists: Mapping[str, tuple[NamedAddress, ...]], given: Given) -> Draft:
    envelope = lists["envelope-from"]
    return Draft(
        author=lists["from"][0],
        to=lists["to"],
        cc=lists["cc"],
        bcc=lists["bcc"],
        reply_to=lists["reply-to"],
        receipt_to=lists["receipt"],
        envelope_from=envelope[0].address if envelope else None,
        subject="".join(given.get("subject", ())),
        body="".join(given.get("body", ())),
    )
