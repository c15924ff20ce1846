"""What comes back on a message, read: a delivery status notification (RFC 3464), or a complaint (RFC 5965)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from smtpsim.message.mime import opened, parts_of

MOST_RECIPIENTS = 1000
"""Recipients of one report that are looked at."""

MOST_OCTETS = 256 * 1024
"""Octets of a report's part for programs that are read."""

STATUS_KINDS = ("message/delivery-status", "message/global-delivery-status")
COMPLAINT_KIND = "message/feedback-report"


class Group(NamedTuple):
    """One recipient of a delivery status notification. `original` is the address that the sender wrote, "" where the
    report does not tell; `diagnostic` is without its type."""

    address: str
    original: str
    action: str
    status: str
    diagnostic: str


class Complaint(NamedTuple):
    """`sender` and `recipients` are those of the envelope, as far as the report tells (RFC 5965 3.2)."""

    kind: str
    sender: str
    recipients: tuple[str, ...]


def delivery_groups(octets: bytes) -> tuple[Group, ...]:
    """The recipients that a delivery status notification tells of; () for any other message."""
    return tuple(islice(_groups(octets), MOST_RECIPIENTS))


def complaint(octets: bytes) -> Complaint | None:
    """What a complaint tells; None for any other message."""
    for part in parts_of(octets):
        if part.kind == COMPLAINT_KIND:
            headers = opened(part.octets).headers
            senders = headers.values("Original-Mail-From")
            recipients = headers.values("Original-Rcpt-To")
            kinds = headers.values("Feedback-Type")
            return Complaint(
                kind=next(iter(kinds), "").lower(),
                sender=_bare(next(iter(senders), "")),
                recipients=tuple(map(_bare, recipients[:MOST_RECIPIENTS])),
            )
    return None


def _groups(octets: bytes) -> Iterator[Group]:
    """The blocks of fields after the first, which is about the message as a whole (RFC 3464 2.1)."""
    for part in parts_of(octets):
        if part.kind not in STATUS_KINDS:
            continue
        rest = opened(part.octets[:MOST_OCTETS]).body
        while rest.strip():
            entity = opened(rest.lstrip(b"\r\n"))
            first = {name: next(iter(entity.headers.values(name)), "") for name in _FIELDS}
            yield Group(
                address=_untyped(first["Final-Recipient"]),
                original=_untyped(first["Original-Recipient"]),
                action=first["Action"].strip().lower(),
                status=first["Status"].strip(),
                diagnostic=_untyped(first["Diagnostic-Code"]),
            )
            if len(entity.body) >= len(rest):
                return
            rest = entity.body


_FIELDS = ("Final-Recipient", "Original-Recipient", "Action", "Status", "Diagnostic-Code")


def _untyped(value: str) -> str:
    """What stands after the type: `rfc822; ann@example.com` (RFC 3464 2.1.2)."""
    kind, semicolon, rest = value.partition(";")
    return rest.strip() if semicolon else kind.strip()


def _bare(value: str) -> str:
    return value.strip().removeprefix("<").removesuffix(">")
