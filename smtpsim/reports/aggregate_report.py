"""The DMARC aggregate report as XML: what a receiver tells the owner of a domain (RFC 7489 7.2, appendix C).

RFC 9990, which replaces it, has a schema of its own; what is read and sent today is this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from smtpsim.auth.record import Policy, Record
from smtpsim.kernel.ip import normal
from smtpsim.kernel.printable import printable

NAMESPACE = "http://dmarc.org/dmarc-xml/0.1"

_UNQUALIFIED = {"xmlns": ""}
"""By the schema `feedback` alone is of the namespace. A prefix would say that too, but real readers look for `feedback`
without one."""

Results = tuple[tuple[str, str], ...]
"""Domains that a method looked at, each with its result."""

Signatures = tuple[tuple[str, str, str], ...]
"""Domain, selector and result of each."""


class Alike(NamedTuple):
    """So many `letters` from one address that fared alike: `disposition` is what was done (none, quarantine, reject),
    `spf` and `dkim` whether an aligned domain passed; `sent_as` and `signed_by` hold what the methods looked at.
    `scope` is what SPF spoke of, mfrom or helo; `comment` tells more of why the policy was overridden, "" if not."""

    client_ip: str
    letters: int
    author: str
    disposition: str
    spf: str
    dkim: str
    sent_as: Results
    signed_by: Signatures
    scope: str = "mfrom"
    comment: str = ""


class Metadata(NamedTuple):
    """Who reports, to be written to at `contact`; over which time, in seconds since 1970."""

    receiver: str
    contact: str
    first: int
    last: int


def aggregate_report(told: Metadata, domain: str, record: Record | None, letters: Sequence[Alike]) -> str:
    """The report of one receiver on one domain, whose record is None where it has none any more."""
    root = Element("feedback", xmlns=NAMESPACE)
    SubElement(root, "version", _UNQUALIFIED).text = "1.0"
    _metadata(SubElement(root, "report_metadata", _UNQUALIFIED), told, domain)
    _published(SubElement(root, "policy_published", _UNQUALIFIED), domain, record)
    wanted = _policy(record)
    for alike in letters:
        _record(SubElement(root, "record", _UNQUALIFIED), alike, wanted)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'


def _said(parent: Element, name: str, text: object) -> None:
    """An element with this text. XML has no control characters, and names of domains may hold any octets."""
    SubElement(parent, name).text = printable(str(text)).encode("utf-8", "replace").decode()


def _metadata(element: Element, told: Metadata, domain: str) -> None:
    _said(element, "org_name", told.receiver)
    _said(element, "email", told.contact)
    _said(element, "report_id", f"{domain}.{told.first}.{told.last}@{told.receiver}")
    span = SubElement(element, "date_range")
    _said(span, "begin", told.first)
    _said(span, "end", told.last)


def _policy(record: Record | None) -> Policy:
    return Policy.NONE if record is None else record.policy("p") or Policy.NONE


def _published(element: Element, domain: str, record: Record | None) -> None:
    """The policy as it was found, with the defaults of what was left out (RFC 7489 6.3)."""
    policy = _policy(record)
    below = policy if record is None else record.policy("sp") or policy
    _said(element, "domain", domain)
    for name in ("adkim", "aspf"):
        _said(element, name, "s" if record and record.strict(name) else "r")
    _said(element, "p", policy)
    _said(element, "sp", below)
    _said(element, "pct", 100)
    _said(element, "fo", record.value("fo", "0") if record else "0")


def _record(element: Element, alike: Alike, wanted: Policy) -> None:
    row = SubElement(element, "row")
    _said(row, "source_ip", _whole(alike.client_ip))
    _said(row, "count", alike.letters)
    evaluated = SubElement(row, "policy_evaluated")
    for name in ("disposition", "dkim", "spf"):
        _said(evaluated, name, getattr(alike, name))
    if "pass" not in (alike.spf, alike.dkim) and alike.disposition == Policy.NONE != wanted:
        _reason(SubElement(evaluated, "reason"), alike.comment)
    identifiers = SubElement(element, "identifiers")
    by_sender = alike.sent_as and alike.scope == "mfrom"
    _said(identifiers, "envelope_from", alike.sent_as[0][0] if by_sender else "")
    _said(identifiers, "header_from", alike.author)
    results = SubElement(element, "auth_results")
    for domain, selector, result in alike.signed_by:
        found = SubElement(results, "dkim")
        _said(found, "domain", domain)
        _said(found, "selector", selector)
        _said(found, "result", result)
    for domain, result in alike.sent_as or ((alike.author, "none"),):
        found = SubElement(results, "spf")
        _said(found, "domain", domain)
        _said(found, "scope", alike.scope)
        _said(found, "result", result)


def _reason(element: Element, comment: str) -> None:
    """Why the receiver did not do what was wanted."""
    _said(element, "type", "local_policy")
    if comment:
        _said(element, "comment", comment)


def _whole(address: str) -> str:
    """The schema takes an IPv6 address only when it is written out."""
    from ipaddress import ip_address

    return ip_address(normal(address)).exploded
