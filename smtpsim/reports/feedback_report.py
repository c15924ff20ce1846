"""Complaints: what the provider of a mailbox sends to whom it believes responsible, when a reader calls a mail spam
(RFC 5965)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.printable import encoded, printable
from smtpsim.message.clock import date
from smtpsim.message.encoded_words import encoded_words, needs_encoding


class FeedbackWords(NamedTuple):
    """What a complaint says to people; `notice` names the {host} and the {recipient}."""

    subject: str
    notice: str


WORDS = {
    "en": FeedbackWords(
        "A reader has marked your mail as spam",
        "This is a report from {host} on a mail that went to {recipient}: its reader has marked it as spam.",
    ),
    "ja": FeedbackWords(
        "受信者がメールを迷惑メールに指定しました",
        "{host} からのお知らせです。{recipient} に届いたメールを、受信者が迷惑メールに指定しました。",
    ),
}
"""By the tag of the language."""


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
    """The letter with CRLF line ends, of the type `abuse`. The whole mail goes back with it."""
    words = WORDS[abuse.language]
    boundary = f"={abuse.identity}/{abuse.host}"
    notice = words.notice.format(host=abuse.host, recipient=printable(abuse.recipient))
    parts = (
        ("text/plain; charset=utf-8", encoded(f"{notice}\r\n")),
        ("message/feedback-report", encoded(_fields(abuse))),
        ("message/rfc822", abuse.mail),
    )
    divider = b"--" + encoded(boundary)
    body = b"".join(divider + b"\r\n" + _part(kind, text) + b"\r\n" for kind, text in parts)
    eight = () if body.isascii() else ("Content-Transfer-Encoding: 8bit",)
    return encoded(_header(abuse, words.subject, boundary, eight)) + body + divider + b"--\r\n"


def _header(abuse: Abuse, subject: str, boundary: str, coding: tuple[str, ...]) -> str:
    return _lines(
        f"From: Feedback Loop <feedback@{abuse.host}>",
        f"To: <{printable(abuse.to)}>",
        f"Subject: {encoded_words(subject) if needs_encoding(subject) else subject}",
        f"Date: {date(abuse.now)}",
        f"Message-ID: <{abuse.identity}@{abuse.host}>",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=feedback-report;",
        f' boundary="{boundary}"',
        *coding,
        "",
    )


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
