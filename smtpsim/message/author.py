"""Whom the header names as the author (RFC 5322 3.6.2)."""

from __future__ import annotations

from smtpsim.kernel.domain import a_labels
from smtpsim.message.addresses import addresses_in
from smtpsim.message.headers import Headers


def author_domains(headers: Headers) -> tuple[str, ...]:
    """The domains of all addresses in all From fields, in A-labels and lower case, each once, in their order."""
    found = (address for value in headers.values("From") for address in addresses_in(value))
    domains = (address.rpartition("@")[2] for address in found if "@" in address)
    return tuple(dict.fromkeys(a_labels(domain).lower() for domain in domains if domain))
