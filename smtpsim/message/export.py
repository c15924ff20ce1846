"""A mailbox as files that other mail programs read: mbox (RFC 4155) and Maildir."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from smtpsim.kernel.printable import encoded


class Stored(Protocol):
    """A mail in a mailbox: its name there, the envelope's sender ("" for the null sender), CRLF octets, and
    when it came, in seconds since 1970."""

    @property
    def id(self) -> str: ...
    @property
    def return_path(self) -> str: ...
    @property
    def octets(self) -> bytes: ...
    @property
    def arrived(self) -> int: ...


class File(NamedTuple):
    """A file's name and its octets, with the line ends of Unix."""

    name: str
    octets: bytes


NOBODY = "MAILER-DAEMON"
"""Stands for the null sender and for one beyond ASCII, which an mbox has no way to write; Return-Path keeps both."""

# A line that would be taken for the beginning of the next mail, or for one that was quoted (mboxrd)
_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._@+-]")


def mbox(mails: Iterable[Stored]) -> bytes:
    """The mails as one mbox file in the form mboxrd: `>` before `From ` at the beginning of a line."""
    return b"".join(_in_mbox(mail) for mail in mails)


def _in_mbox(mail: Stored) -> bytes:
    sender = "_".join(mail.return_path.split()) if mail.return_path.isascii() else ""
    octets = _FROM.sub(rb">\1", _unix(mail.octets))
    return encoded(f"From {sender or NOBODY} {_asctime(mail.arrived)}\n") + octets + b"\n"


def maildir(mails: Iterable[Stored], host: str) -> Iterator[File]:
    """The files of the folder `new`, one a mail, named so that they sort by the time of delivery."""
    for number, mail in enumerate(mails):
        unique = _UNSAFE.sub("_", f"{number:06}_{mail.id}.{host}")
        yield File(f"{mail.arrived}.{unique}", _unix(mail.octets))


def _unix(octets: bytes) -> bytes:
    text = octets.replace(b"\r\n", b"\n")
    return text if text.endswith(b"\n") else text + b"\n"


def _asctime(seconds: int) -> str:
    from time import asctime, gmtime

    return asctime(gmtime(seconds))
