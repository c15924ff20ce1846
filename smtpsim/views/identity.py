"""Those whose SPF record is asked, as the protocol itself calls them: the same in every language."""

from __future__ import annotations

IDENTITIES = {"helo": "HELO", "mailfrom": "MAIL FROM", "header-from": "From:", "client": "IP"}
"""By the identity of a check."""

ASKED = ("helo", "mailfrom", "header-from")
"""The identities in the order in which they become known (RFC 7208 2.2 to 2.4)."""
