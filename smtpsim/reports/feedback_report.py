"""Complaints: what the provider of a mailbox sends to whom it believes responsible, when a reader calls a mail spam
(RFC 5965)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import words
from smtpsim.kernel.printable import encoded, printable
from smtpsim.message.dates import date
from smtpsim.message.fields import folded, text_field
from smtpsim.message.mime import opened
from smtpsim.reports.multipart import lines, message, multipart_report, part


class Abuse(NamedTuple):
    """The complaint of `recipient` about a mail: its octets, the sender of its envelope, and the address that it came
    from; times are in seconds since 1970."""

    host: str
    to: str
    recipient: str
    mail: bytes
    sender: str
    source_ip: str
    identity: str
    arrived: int
    now: int
    language: str = "en"


def feedback_report(abuse: Abuse) -> bytes:
    """The message with CRLF line ends, of the type `abuse`. The whole mail goes back with it."""
    notice = words(abuse.language)("report.spam-text", host=abuse.host, recipient=abuse.recipient)
    parts = (
        part("text/plain; charset=utf-8", encoded(f"{notice}\r\n")),
        part("message/feedback-report", encoded(_fields(abuse))),
        part("message/rfc822", abuse.mail),
    )
    return message(_header(abuse), multipart_report("feedback-report", abuse.identity, parts))


def _header(abuse: Abuse) -> tuple[str, ...]:
    return (
        f"From: Feedback Loop <feedback@{abuse.host}>",
        f"To: <{printable(abuse.to)}>",
        *_subject(abuse),
        f"Date: {date(abuse.now)}",
        f"Message-ID: <{abuse.identity}@{abuse.host}>",
    )


def _subject(abuse: Abuse) -> tuple[str, ...]:
    """That of the mail, as it stands there, so that a program knows them for a pair (RFC 5965 2)."""
    subject = opened(abuse.mail).headers.first("Subject")
    if subject and subject.strip():
        return folded("Subject", printable(" ".join(subject.split())))
    return text_field("Subject", words(abuse.language)("report.spam-subject"))


def _fields(abuse: Abuse) -> str:
    """The part for programs (RFC 5965 3.1, 3.2)."""
    return lines(
        "Feedback-Type: abuse",
        "User-Agent: smtpsim/1",
        "Version: 1",
        f"Original-Mail-From: <{printable(abuse.sender)}>",
        f"Original-Rcpt-To: <{printable(abuse.recipient)}>",
        f"Arrival-Date: {date(abuse.arrived)}",
        f"Reporting-MTA: dns; {abuse.host}",
        *([f"Source-IP: {abuse.source_ip}"] if abuse.source_ip else []),
    )
