"""How mail is picked up from a host, one file a protocol. A file X.py with an `ACCESS` is the protocol X."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smtpsim.world.mail_access.access import Access

PORTS = {"110": "pop3", "143": "imap"}
"""Where the protocols listen (RFC 1939 3, RFC 3501 2.1)."""


def load(name: str) -> Access:
    """The protocol called `name`: pop3 or imap."""
    access: Access = import_module(f"{__name__}.{name}").ACCESS
    return access


def names() -> tuple[str, ...]:
    """The names of all protocols that there are."""
    return tuple(PORTS.values())
