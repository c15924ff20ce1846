"""Message disposition notifications, the read receipts (RFC 8098), in a multipart/report (RFC 6522).

A receipt goes out with the null sender, so that it can never bounce or be answered by another one.
"""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import words
from smtpsim.kernel.printable import encoded, printable
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.body import written
from smtpsim.message.dates import date
from smtpsim.message.encoded_words import readable
from smtpsim.message.fields import address_field, folded, text_field
from smtpsim.message.headers import Headers
from smtpsim.message.mime import opened
from smtpsim.reports.multipart import Part, lines, message, multipart_report, part

MODES = {"manual": "MDN-sent-manually", "automatic": "MDN-sent-automatically"}
"""How it came to be sent: after the reader was asked, or by the program's setting (RFC 8098 3.2.6.1)."""

_KEPT = frozenset({"8BITMIME"})
"""A receipt goes through the servers of this world, which all take octets beyond ASCII."""


class Notice(NamedTuple):
    """What people read: the subject, to which that of the original is added, and the text."""

    subject: str
    text: str


def notice(reader: str, sent: str, now: int, language: str) -> Notice:
    """What the `reader` tells: that a mail, which was sent at a date as its header has it, was displayed `now`."""
    say = words(language)
    return Notice(say("report.read-subject"), say("report.read-text", reader=reader, sent=sent, now=date(now)))


class Occasion(NamedTuple):
    """Who has opened a mail, which, and when; `mode` is one of `MODES`, `identity` makes the Message-ID."""

    reader: NamedAddress
    original: bytes
    mode: str
    identity: str
    now: int


def disposition_notification(occasion: Occasion, to: tuple[NamedAddress, ...], told: Notice) -> bytes:
    """The whole message with CRLF line ends, saying that the mail was displayed, which does not mean understood."""
    entity = opened(occasion.original)
    parts = (_notice(told), _disposition(occasion, entity.headers), _original(entity.head))
    report = multipart_report("disposition-notification", occasion.identity, parts)
    return message(_header(occasion, to, told, entity.headers), report)


def _host(occasion: Occasion) -> str:
    return occasion.reader.address.rpartition("@")[2]


def _header(occasion: Occasion, to: tuple[NamedAddress, ...], notice: Notice, original: Headers) -> tuple[str, ...]:
    subject = next(map(readable, original.values("Subject")), "")
    about = _message_id(original)
    lines = (
        *address_field("From", (occasion.reader,)),
        *address_field("To", (one._replace(name=_one_line(one.name)) for one in to)),
        *text_field("Subject", _one_line(f"{notice.subject} {subject}")),
        f"Date: {date(occasion.now)}",
        f"Message-ID: <{occasion.identity}@{_host(occasion)}>",
        *(line for name in ("In-Reply-To", "References") if about for line in folded(name, about)),
    )
    return lines if occasion.mode == "manual" else ("Auto-Submitted: auto-replied", *lines)


def _notice(notice: Notice) -> Part:
    body = written(notice.text, _KEPT)
    fields = body.fields[1:] or ("Content-Type: text/plain; charset=us-ascii",)
    return Part(fields, b"".join(line + b"\r\n" for line in body.lines))


def _disposition(occasion: Occasion, original: Headers) -> Part:
    """The part for programs (RFC 8098 3.2); with addresses beyond ASCII that of RFC 6533."""
    address = occasion.reader.address
    kind, scheme = ("disposition-notification", "rfc822") if address.isascii() else _GLOBAL
    recipient = next(iter(original.values("Original-Recipient")), "")
    about = _message_id(original)
    fields = lines(
        *([f"Original-Recipient: {_one_line(recipient)}"] if recipient else []),
        f"Final-Recipient: {scheme}; {address}",
        *([f"Original-Message-ID: {about}"] if about else []),
        f"Disposition: manual-action/{MODES[occasion.mode]}; displayed",
    )
    return part(f"message/{kind}", encoded(fields))


_GLOBAL = ("global-disposition-notification", "utf-8")


def _original(head: bytes) -> Part:
    """The header of the mail that was opened, as it lies in the mailbox."""
    return part("text/rfc822-headers" if head.isascii() else "message/global-headers", head)


def _message_id(original: Headers) -> str:
    return _one_line(next(iter(original.values("Message-ID")), ""))


def _one_line(text: str) -> str:
    """Text from the original, made safe for a header line."""
    return printable(" ".join(text.split()))
