"""An automatic answer, such as an out-of-office notice: to Return-Path, once, and never to another automatic mail
(RFC 3834)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import words
from smtpsim.kernel.printable import encoded, printable
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.dates import date
from smtpsim.message.encoded_words import readable
from smtpsim.message.fields import address_field, folded, text_field
from smtpsim.message.headers import Headers


class Absence(NamedTuple):
    """Who is away, whom the answer goes to, the header of the mail that is answered; `now` in seconds since 1970."""

    reader: NamedAddress
    to: str
    original: Headers
    identity: str
    now: int
    language: str = "en"


def wants_no_answer(headers: Headers) -> bool:
    """Whether a mail is automatic itself, or from a list (RFC 3834 2)."""
    automatic = next(iter(headers.values("Auto-Submitted")), "no").strip().lower()
    return not automatic.startswith("no") or bool(headers.values("List-Id"))


def auto_reply(absence: Absence) -> bytes:
    """The message with CRLF line ends (RFC 3834 3). It is for the null sender to send."""
    say = words(absence.language)
    subject = _one_line(next(map(readable, absence.original.values("Subject")), ""))
    about = _one_line(next(iter(absence.original.values("Message-ID")), ""))
    domain = absence.reader.address.rpartition("@")[2]
    lines = (
        *address_field("From", (absence.reader,)),
        *address_field("To", (NamedAddress("", absence.to),)),
        *text_field("Subject", say("report.away-subject", subject=subject).rstrip()),
        f"Date: {date(absence.now)}",
        f"Message-ID: <{absence.identity}@{domain}>",
        *(line for name in ("In-Reply-To", "References") if about for line in folded(name, about)),
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        say("report.away-text"),
        "",
    )
    return encoded("\r\n".join(lines))


def _one_line(text: str) -> str:
    """Text from the original, made safe for a header line."""
    return printable(" ".join(text.split()))
