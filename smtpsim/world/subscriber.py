"""What the owner of a mailbox has told the carrier: whose mail is wanted, whose is not, and how strict to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

LEVELS = ("off", "low", "middle", "high")
"""How strict au's rule against spoofing is, from the weakest."""

LISTS = ("allow", "deny", "permit")
"""The settings that are lists of domains and addresses."""


class Subscriber(NamedTuple):
    """`allow` is the domain-specified reception: where it names anybody, the mail of all others is not wanted. `deny`
    names whose mail is not wanted, `permit` whose mail is no spoofing, whatever SPF says. The entries of the three are
    domains, which stand for their subdomains too, and addresses, all in lower case. `spoofing` tells whether the
    rule against spoofing is on, `level` how strict it is where there are levels."""

    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    permit: tuple[str, ...] = ()
    spoofing: bool = True
    level: str = "high"

    @property
    def strict(self) -> bool:
        """Whether the strictest rule against spoofing is wanted."""
        return self.spoofing and self.level == LEVELS[-1]


def listed(entries: Iterable[str], address: str) -> str:
    """The entry that names the address: itself, its domain, or a domain above that; "" when none does."""
    wanted = address.lower()
    domain = wanted.rpartition("@")[2]
    for entry in entries:
        if entry in (wanted, domain) or ("@" not in entry and domain.endswith(f".{entry}")):
            return entry
    return ""
