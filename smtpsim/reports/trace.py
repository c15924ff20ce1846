"""The trace that servers leave on a message: Received and Return-Path (RFC 5321 4.4)."""

from __future__ import annotations

import re

from smtpsim.kernel.ip import address_literal
from smtpsim.kernel.printable import printable
from smtpsim.message.dates import date
from smtpsim.message.encoded_words import encoded_words, needs_encoding
from smtpsim.message.header_block import header_octets

DELIVERED_TO = "Delivered-To"


def received(helo: str, client_ip: str, server: str, protocol: str, queue_id: str, now: int) -> str:
    """A Received header with CRLF ends. It has no `for` clause, which could betray a Bcc (RFC 5321 7.2)."""
    literal = address_literal(client_ip)
    return f"Received: from {helo} ({literal})\r\n\tby {server} with {protocol} id {queue_id};\r\n\t{date(now)}\r\n"


def with_protocol(esmtp: bool, utf8: bool, tls: bool, user: bool) -> str:
    """The word after `with`: SMTP, ESMTP, ESMTPSA, UTF8SMTP, ... (RFC 3848, RFC 6531 4.3)."""
    if not esmtp:
        return "SMTP"
    return f"{'UTF8SMTP' if utf8 else 'ESMTP'}{'S' if tls else ''}{'A' if user else ''}"


def delivered_to(address: str) -> str:
    """What an alias or a list writes above a message (RFC 9228): where it stands already, it has come round."""
    return f"{DELIVERED_TO}: {address}\r\n"


def return_path(reverse_path: str) -> str:
    """The one line that is left of the envelope at final delivery. It has one line whatever the path holds."""
    return f"Return-Path: <{printable(reverse_path)}>\r\n"


_SUBJECT = re.compile(rb"^(subject[ \t]*:)[ \t]*", re.IGNORECASE | re.MULTILINE)


def with_tag(octets: bytes, tag: str) -> bytes:
    """The message with `tag` at the beginning of its first Subject field, unless the field has it somewhere already; a
    letter without a subject stays as it is."""
    header = header_octets(octets)
    found = _SUBJECT.search(header)
    written = (encoded_words(tag) if needs_encoding(tag) else tag).encode("ascii")
    if found is None or written in header[found.end() :].partition(b"\n")[0]:
        return octets
    return header[: found.end(1)] + b" " + written + b" " + header[found.end() :] + octets[len(header) :]
