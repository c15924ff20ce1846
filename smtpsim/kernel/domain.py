"""Domains beyond ASCII: people write U-labels, the DNS has A-labels (RFC 5890 2.3.2.1)."""

from __future__ import annotations

from functools import lru_cache

LONGEST = 255
"""Characters of a domain that could fit the DNS (RFC 1035 2.3.4)."""


def a_labels(domain: str) -> str:
    """The domain with an A-label for each U-label; as it is where that cannot be.

    Deviation: by IDNA 2003 (RFC 3490), as dnspython reads zone files. IDNA 2008 (RFC 5891) would keep the sharp s,
    the final sigma and the joiners.
    """
    return domain if domain.isascii() or len(domain) > LONGEST else _encoded(domain)


@lru_cache(maxsize=256)
def _encoded(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
