"""ENVELOPE: the letter's own account of who wrote to whom (RFC 3501 7.4.2).

The name misleads: it is made from header fields. The envelope that SMTP went by is not in a mailbox.
"""

from __future__ import annotations

from smtpsim.protocol.imap.letter.addresses import Address, read_addresses
from smtpsim.protocol.imap.letter.header import Header
from smtpsim.protocol.imap.quoting import NIL, listed, nstring


def envelope(header: Header) -> str:
    """date subject from sender reply-to to cc bcc in-reply-to message-id"""
    author = _addresses(header, "from")
    items = (
        nstring(header.value("date")),
        nstring(header.value("subject")),
        author,
        _or_author(_addresses(header, "sender"), author),
        _or_author(_addresses(header, "reply-to"), author),
        *(_addresses(header, name) for name in ("to", "cc", "bcc")),
        nstring(header.value("in-reply-to")),
        nstring(header.value("message-id")),
    )
    return listed(items)


def _or_author(addresses: str, author: str) -> str:
    """Where Sender or Reply-To is missing or empty, From stands for it."""
    return author if addresses == NIL else addresses


def _addresses(header: Header, name: str) -> str:
    found = [address for value in header.values(name) for address in read_addresses(value)]
    return f"({''.join(map(_address, found))})" if found else NIL


def _address(address: Address) -> str:
    """address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")" """
    return listed(map(nstring, address))
