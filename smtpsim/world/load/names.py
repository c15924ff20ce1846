"""What counts as an address, a network, a domain or a local part in a world's files."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from smtpsim.protocol.smtp.fault import Fault
from smtpsim.protocol.smtp.grammar import DOMAIN, DOMAIN_LIMIT
from smtpsim.protocol.smtp.mailbox import read_mailbox


def is_address(text: str) -> bool:
    """An IPv4 or IPv6 address, without a zone (`%eth0`)."""
    return "%" not in text and _parses(ip_address, text)


def is_network(text: str) -> bool:
    """A network in CIDR notation, with no bits set behind the prefix (RFC 4632 3.1)."""
    return _parses(ip_network, text)


def is_domain(text: str) -> bool:
    """A domain without a final dot (RFC 5321 4.1.2)."""
    return len(text) <= DOMAIN_LIMIT and DOMAIN.fullmatch(text) is not None


def is_local_part(text: str) -> bool:
    """A mailbox's name, without quotes and without a domain."""
    return bool(text) and text.isprintable() and "@" not in text


def is_mailbox(text: str) -> bool:
    """A whole address, with its domain (RFC 5321 4.1.2)."""
    found = read_mailbox(text, range(len(text) + 1))
    return not isinstance(found, Fault) and bool(found[0].domain)


def _parses(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True
