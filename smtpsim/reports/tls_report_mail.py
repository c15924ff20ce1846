"""The mail that brings a report on TLS to the owner of a domain (RFC 8460 5.3)."""

from __future__ import annotations

from typing import Any, NamedTuple

from smtpsim.explain import words
from smtpsim.kernel.printable import encoded
from smtpsim.message.addresses import NamedAddress
from smtpsim.message.body import base64_lines
from smtpsim.message.dates import date
from smtpsim.message.fields import address_field, folded
from smtpsim.reports.multipart import Part, lines, message, multipart_report, part

SIGNED = frozenset({b"tls-report-domain", b"tls-report-submitter"})
"""The header fields of such a mail that its signature must cover too."""


class Delivery(NamedTuple):
    """The report as JSON data (`smtpsim.reports.tls_report`), from when to when it is, in seconds since 1970; who sends
    it from which address to whom; `identity` makes the Message-ID."""

    report: dict[str, Any]
    begin: int
    end: int
    submitter: str
    sender: str
    to: tuple[str, ...]
    identity: str
    now: int
    language: str = "en"


def tls_report_mail(delivery: Delivery) -> bytes:
    """The message with CRLF line ends, not signed yet."""
    notice = words(delivery.language)("report.tls-text", submitter=delivery.submitter, domain=_domain(delivery))
    parts = (part("text/plain; charset=utf-8", encoded(lines(notice))), _attached(delivery))
    return message(_header(delivery), multipart_report('"tlsrpt"', delivery.identity, parts))


def _domain(delivery: Delivery) -> str:
    domain: str = delivery.report["policies"][0]["policy"]["policy-domain"]
    return domain


def _header(delivery: Delivery) -> tuple[str, ...]:
    """The subject is for programs, and the same in each language."""
    domain, submitter = _domain(delivery), delivery.submitter
    subject = f"Report Domain: {domain} Submitter: {submitter} Report-ID: <{delivery.report['report-id']}>"
    return (
        *address_field("From", (NamedAddress("", delivery.sender),)),
        *address_field("To", (NamedAddress("", address) for address in delivery.to)),
        *folded("Subject", subject),
        f"Date: {date(delivery.now)}",
        f"Message-ID: <{delivery.identity}@{submitter}>",
        "Auto-Submitted: auto-generated",
        f"TLS-Report-Domain: {domain}",
        f"TLS-Report-Submitter: {submitter}",
    )


def _attached(delivery: Delivery) -> Part:
    """The report itself, packed (RFC 8460 5.1, 5.2). Without a time in it the same report gives the same octets."""
    import json
    from gzip import compress

    name = f"{delivery.submitter}!{_domain(delivery)}!{delivery.begin}!{delivery.end}.json.gz"
    fields = (
        "Content-Type: application/tlsrpt+gzip",
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment;",
        f' filename="{name}"',
    )
    packed = compress(json.dumps(delivery.report).encode(), mtime=0)
    return Part(fields, b"".join(line + b"\r\n" for line in base64_lines(packed)))
