"""ENVELOPE: the message's own account of who wrote to whom (RFC 3501 7.4.2).

The name misleads: it is made from header fields. The envelope that SMTP went by is not in a mailbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from smtpsim.message.addresses import MOST_ADDRESSES, Member, members
from smtpsim.message.headers import Headers
from smtpsim.message.parameters import unquoted
from smtpsim.protocol.imap.quoting import NIL, listed, nstring


class Address(NamedTuple):
    """A mailbox. `name` is its display name, `route` its obsolete source route; None where there is none.

    A group begins with an address whose `host` is None and whose `mailbox` is the group's name, and ends with one
    that is None in all (RFC 3501 7.4.2).
    """

    name: str | None
    route: str | None
    mailbox: str | None
    host: str | None


GROUP_END = Address(None, None, None, None)

# A-d-l ":" (RFC 5322 4.4 obs-route)
_ROUTE = re.compile(r"(@[^:\"<]*):")

# a quoted string, a domain literal, or a run of anything else
_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"?|\[[^\[\]]*\]?|[^"\[]+', re.DOTALL)


def envelope(headers: Headers) -> str:
    """date subject from sender reply-to to cc bcc in-reply-to message-id"""
    author = _addresses(headers, "from")
    items = (
        _text(headers, "date"),
        _text(headers, "subject"),
        author,
        _or_author(_addresses(headers, "sender"), author),
        _or_author(_addresses(headers, "reply-to"), author),
        *(_addresses(headers, name) for name in ("to", "cc", "bcc")),
        _text(headers, "in-reply-to"),
        _text(headers, "message-id"),
    )
    return listed(items)


def _text(headers: Headers, name: str) -> str:
    value = headers.first(name)
    return NIL if value is None else nstring(value.strip())


def _or_author(addresses: str, author: str) -> str:
    """Where Sender or Reply-To is missing or empty, From stands for it."""
    return author if addresses == NIL else addresses


def _addresses(headers: Headers, name: str) -> str:
    found = (address for value in headers.values(name) for address in read_addresses(value))
    told = "".join(map(_address, islice(found, MOST_ADDRESSES)))
    return f"({told})" if told else NIL


def _address(address: Address) -> str:
    """address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")" """
    return listed(map(nstring, address))


def read_addresses(value: str) -> Iterator[Address]:
    """The addresses of a field's value, taken apart, not decoded."""
    return map(_taken_apart, members(value))


def _taken_apart(member: Member) -> Address:
    if member.kind == "end":
        return GROUP_END
    if member.kind == "group":
        return Address(None, None, member.name, None)
    match = _ROUTE.match(member.address)
    address = member.address[match.end() :] if match else member.address
    at = _last_at(address)
    return Address(member.name or None, match[1] if match else None, _joined(address[:at]), _joined(address[at + 1 :]))


def _last_at(address: str) -> int:
    """Where the domain begins: the last @ outside of quotation marks; the end where there is none."""
    outside = [piece for piece in _PIECE.finditer(address) if piece[0][0] not in '"[' and "@" in piece[0]]
    return outside[-1].start() + outside[-1][0].rindex("@") if outside else len(address)


def _joined(text: str) -> str:
    """A local part or a domain without quotation marks, and without the blanks outside of them."""
    pieces = _PIECE.findall(text)
    return "".join(unquoted(piece) if piece.startswith('"') else "".join(piece.split()) for piece in pieces)
