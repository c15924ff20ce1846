"""Mail addresses as values: what stands between the angle brackets of MAIL and RCPT."""

from __future__ import annotations

from typing import NamedTuple

from smtpsim.kernel.domain import a_labels


class Path(NamedTuple):
    """A reverse-path or forward-path (RFC 5321 4.1.2), already parsed.

    `local` keeps its quotes as typed; `domain` is "" for `<postmaster>` and for the null sender, and keeps
    its square brackets when it is an address literal; `route` holds the hosts of an obsolete source route.
    """

    local: str
    domain: str
    route: tuple[str, ...] = ()

    @property
    def null(self) -> bool:
        """True for `<>`, the sender of bounces and receipts (RFC 5321 4.5.5)."""
        return not self.local and not self.domain

    @property
    def mailbox(self) -> str:
        """The local part as a mailbox knows it: without quotes, escapes and case (RFC 5321 4.1.2, 2.4)."""
        return unquoted(self.local).lower()

    @property
    def host(self) -> str:
        """The domain in the one form for comparison and look-up: A-labels, lower case, no final dot (RFC 6531 3.2)."""
        return a_labels(self.domain).lower().rstrip(".")

    def __str__(self) -> str:
        return f"{self.local}@{self.domain}" if self.domain else self.local


NULL = Path("", "")


def unquoted(local: str) -> str:
    """The local part that a quoted string stands for: `"a\\ b"` is `a b`."""
    if len(local) < 2 or local[0] != '"' or local[-1] != '"':
        return local
    kept, characters = [], iter(local[1:-1])
    for character in characters:
        kept.append(next(characters, "") if character == "\\" else character)
    return "".join(kept)


def split_address(address: str) -> Path:
    """Cut `local@domain` at the last @; without one the whole is the local part."""
    local, at, domain = address.rpartition("@")
    return Path(local, domain) if at else Path(address, "")


def mailbox_address(address: str) -> str:
    """The form in which the mailbox of an address is known: whoever writes it, and however (RFC 5321 2.4)."""
    path = split_address(address)
    return f"{path.mailbox}@{path.host}" if path.domain else path.mailbox
