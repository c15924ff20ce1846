"""Delivery status notifications (RFC 3464) in a multipart/report (RFC 6522): bounces, warnings, confirmations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from smtpsim.explain import Words, words
from smtpsim.kernel.printable import encoded, printable
from smtpsim.message.dates import date
from smtpsim.message.encoded_words import encoded_words, needs_encoding
from smtpsim.message.header_block import header_octets
from smtpsim.reports.multipart import Part, lines, message, multipart_report, part
from smtpsim.reports.reason import Cause, said

OWN_TYPE = "x-smtpsim"
"""The type of a diagnostic that is no reply of a server (RFC 3464 2.3.6)."""


class Reported(NamedTuple):
    """One recipient. `original` is the ORCPT value (`rfc822;ann@example.com`); `retry_until` is in seconds since 1970,
    0 unless the message still waits."""

    address: str
    action: str
    cause: Cause
    original: str = ""
    retry_until: int = 0


class Report(NamedTuple):
    """What is reported to whom. All recipients have the same action. `envid` is the ENVID of MAIL, decoded;
    `returned` the octets of the message, whole when `whole`, else only its header goes back (RET, RFC 3461 4.3)."""

    host: str
    to: str
    recipients: tuple[Reported, ...]
    returned: bytes
    whole: bool
    identity: str
    now: int
    arrived: int
    envid: str = ""
    language: str = "en"


def delivery_report(report: Report) -> bytes:
    """The message with CRLF line ends. It is for the null sender to send."""
    parts = (
        part("text/plain; charset=utf-8", encoded(_notice(report))),
        part(_status_type(report), encoded(_fields(report))),
        _returned(report),
    )
    return message(_header(report), multipart_report("delivery-status", report.identity, parts))


def _header(report: Report) -> tuple[str, ...]:
    subject = words(report.language)(f"report.subject-{report.recipients[0].action}")
    return (
        f"From: Mail Delivery System <MAILER-DAEMON@{report.host}>",
        f"To: <{printable(report.to)}>",
        f"Subject: {encoded_words(subject) if needs_encoding(subject) else subject}",
        f"Date: {date(report.now)}",
        f"Message-ID: <{report.identity}@{report.host}>",
        "Auto-Submitted: auto-replied",
    )


def _notice(report: Report) -> str:
    """The part for people."""
    say = words(report.language)
    first = report.recipients[0]
    opening = say("report.opening", host=report.host, arrived=date(report.arrived))
    listed = [line for one in report.recipients for line in _told(one, say)]
    until = [say("report.expires", until=date(first.retry_until)), ""] if first.retry_until else []
    return lines(opening, "", say(f"report.{first.action}"), "", *listed, *until, say("report.closing"))


def _told(one: Reported, say: Words) -> Iterator[str]:
    """The address, whether only time has run out, and what was said last."""
    yield f"  <{printable(one.address)}>"
    if one.cause.why.days:
        yield f"    {say('report.expired', days=one.cause.why.days)}"
    lines = one.cause.why.reply or (said(one.cause.why._replace(days=0), say),)
    yield from (f"    {printable(line)}" for line in lines if line)
    yield ""


def _fields(report: Report) -> str:
    """The part for programs: fields of the message, then a group a recipient, each after a blank line (2.1)."""
    about = (
        ("Original-Envelope-Id", printable(report.envid)),
        ("Reporting-MTA", f"dns; {report.host}"),
        ("Arrival-Date", date(report.arrived)),
    )
    groups = [about, *(_group(one) for one in report.recipients)]
    return "\r\n".join(lines(*(f"{name}: {value}" for name, value in group if value)) for group in groups)


def _group(one: Reported) -> tuple[tuple[str, str], ...]:
    return (
        ("Original-Recipient", printable(one.original)),
        ("Final-Recipient", f"{'rfc822' if one.address.isascii() else 'utf-8'}; {printable(one.address)}"),
        ("Action", one.action),
        ("Status", one.cause.status),
        ("Remote-MTA", f"dns; {one.cause.remote}" if one.cause.remote else ""),
        ("Diagnostic-Code", _diagnostic(one)),
        ("Will-Retry-Until", date(one.retry_until) if one.retry_until else ""),
    )


def _diagnostic(one: Reported) -> str:
    """A server's reply is of the type smtp, and told whole, its lines folded (RFC 3461 9.2); what our own program says
    is of another type (RFC 3464 2.3.6), and in English, since it is for programs."""
    if one.cause.why.reply:
        return "smtp; " + "\r\n ".join(map(printable, one.cause.why.reply))
    text = said(one.cause.why._replace(days=0), words("en"))
    return f"{OWN_TYPE}; {printable(text)}" if text else ""


def _status_type(report: Report) -> str:
    plain = all(one.address.isascii() and _diagnostic(one).isascii() for one in report.recipients)
    return "message/delivery-status" if plain else "message/global-delivery-status"


def _returned(report: Report) -> Part:
    """The message as it came, or its header alone."""
    if report.whole:
        return part("message/rfc822", report.returned)
    header = header_octets(report.returned)
    return part("text/rfc822-headers" if header.isascii() else "message/global-headers", header)
