"""Complaints: what the provider of a mailbox sends to whom it believes responsible, when a reader calls a mail spam
(RFC 5965)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.explain import words
from smtpsim.kernel.printable import encoded, printable
from smtpsim.message.dates import date
from smtpsim.message.fields import folded, text_field
from smtpsim.message.mime import opened


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
    say = words(abuse.language)
    boundary = f"={abuse.identity}/{abuse.host}"
    notice = say("report.spam-text", host=abuse.host, recipient=abuse.recipient)
    parts = (
        ("text/plain; charset=utf-8", encoded(f"{notice}\r\n")),
        ("message/feedback-report", encoded(_fields(abuse))),
        ("message/rfc822", abuse.mail),
    )
    divider = b"--" + encoded(boundary)
    body = b"".join(divider + b"\r\n" + _part(kind, text) + b"\r\n" for kind, text in parts)
    eight = () if body.isascii() else ("Content-Transfer-Encoding: 8bit",)
    return encoded(_header(abuse, boundary, eight)) + body + divider + b"--\r\n"


def _header(abuse: Abuse, boundary: str, coding: tuple[str, ...]) -> str:
    return _lines(
        f"From: Feedback Loop <feedback@{abuse.host}>",
        f"To: <{printable(abuse.to)}>",
        *_subject(abuse),
        f"Date: {date(abuse.now)}",
        f"Message-ID: <{abuse.identity}@{abuse.host}>",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=feedback-report;",
        f' boundary="{boundary}"',
        *coding,
        "",
    )


def _subject(abuse: Abuse) -> tuple[str, ...]:
    """That of the mail, as it stands there, so that a program knows them for a pair (RFC 5965 2)."""
    subject = opened(abuse.mail).headers.first("Subject")
    if subject and subject.strip():
        return folded("Subject", printable(" ".join(subject.split())))
    return text_field("Subject", words(abuse.language)("report.spam-subject"))


def _fields(abuse: Abuse) -> str:
    """The part for programs (RFC 5965 3.1, 3.2)."""
    return _lines(
        "Feedback-Type: abuse",
        "User-Agent: smtpsim/1",
        "Version: 1",
        f"Original-Mail-From: <{printable(abuse.sender)}>",
        f"Original-Rcpt-To: <{printable(abuse.recipient)}>",
        f"Arrival-Date: {date(abuse.arrived)}",
        f"Reporting-MTA: dns; {abuse.host}",
        *([f"Source-IP: {abuse.source_ip}"] if abuse.source_ip else []),
    )


def _part(kind: str, text: bytes) -> bytes:
    coding = b"" if text.isascii() else b"Content-Transfer-Encoding: 8bit\r\n"
    return b"Content-Type: " + kind.encode() + b"\r\n" + coding + b"\r\n" + text


def _lines(*lines: str) -> str:
    return "".join(f"{line}\r\n" for line in lines)
