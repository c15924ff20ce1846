"""What counts as a network, a domain or a local part in a world's files."""

from __future__ import annotations

from ipaddress import ip_network

from smtpsim.kernel.fault import Fault
from smtpsim.kernel.mailbox import read_mailbox
from smtpsim.kernel.mailbox_grammar import DOMAIN, DOMAIN_LIMIT


def is_network(text: str) -> bool:
    """A network in CIDR notation, with no bits set behind the prefix (RFC 4632 3.1), and without a zone identifier."""
    if "%" in text:
        return False
    try:
        ip_network(text)
    except ValueError:
        return False
    return True


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
