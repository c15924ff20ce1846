"""The identities that are checked: a sender, and the domain whose record is asked (RFC 7208 2.3, 2.4)."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.domain import a_labels

POSTMASTER = "postmaster"


class Identity(NamedTuple):
    """The arguments of check_host() that depend on whom is checked (RFC 7208 4.1)."""

    sender: str
    domain: str


def mail_from_identity(reverse_path: str, helo: str) -> Identity:
    """The MAIL FROM identity of a reverse-path without brackets; the null sender's is HELO's (2.4)."""
    return split_sender(reverse_path) if reverse_path else helo_identity(helo)


def helo_identity(helo: str) -> Identity:
    """The HELO identity: postmaster at the name that the client gave (RFC 7208 2.3)."""
    return _at(POSTMASTER, helo)


def split_sender(sender: str) -> Identity:
    """The domain is what follows the last @; without a local part it is postmaster's (RFC 7208 4.1, 4.3)."""
    local, _, domain = sender.rpartition("@")
    return _at(local or POSTMASTER, domain)


def _at(local: str, domain: str) -> Identity:
    """U-labels are checked as A-labels (RFC 7208 4.3)."""
    known = a_labels(domain)
    return Identity(f"{local}@{known}", known)
