"""Domain names as check_host() takes them: fit for a query, fit to be checked, cut to length."""

from __future__ import annotations

import re
from functools import lru_cache

from smtpsim.spf.result import Reason

NAME_LIMIT = 253
"""Octets of a name in text, without the final dot (RFC 1035 2.3.4)."""

# Labels of 1 to 63 octets (RFC 1035 2.3.4); any ASCII may stand in one (RFC 2181 11).
_USABLE = re.compile(r"(?:[\x00-\x2d\x2f-\x7f]{1,63}\.)*[\x00-\x2d\x2f-\x7f]{1,63}")

# The same, of visible characters only, two labels or more, and no address literal (RFC 7208 4.3).
_CHECKABLE = re.compile(r"(?!\[)(?:[!-\-/-~]{1,63}\.)+[!-\-/-~]{1,63}")


def usable(name: str) -> bool:
    """Whether a DNS query can be composed for this name."""
    return len(name) <= NAME_LIMIT and _is_usable(name)


@lru_cache(maxsize=4096)
def _is_usable(name: str) -> bool:
    return _USABLE.fullmatch(name) is not None


def malformed(domain: str) -> Reason | None:
    """The reason not to check a domain, which is without a final dot, at all (RFC 7208 4.3), or None."""
    if len(domain) <= NAME_LIMIT and _is_checkable(domain):
        return None
    return Reason.MALFORMED_DOMAIN


@lru_cache(maxsize=4096)
def _is_checkable(domain: str) -> bool:
    return _CHECKABLE.fullmatch(domain) is not None


def fitted(name: str) -> str:
    """The name without a final dot, and without as many labels on the left as are too long (RFC 7208 7.3)."""
    name = name.removesuffix(".")
    if len(name) <= NAME_LIMIT:
        return name
    dot = name.find(".", len(name) - NAME_LIMIT - 1)
    return name[dot + 1 :] if dot >= 0 else ""


def under(name: str, domain: str) -> bool:
    """Whether `name` is `domain` or a name below it, whatever the case."""
    name, domain = name.lower(), domain.lower()
    return name == domain or name.endswith(f".{domain}")
