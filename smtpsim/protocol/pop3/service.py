"""What one POP3 server is: its name, its limit, and its own words for a reply."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from smtpsim.protocol.pop3.replies import RULES
from smtpsim.protocol.pop3.reply import ReplyRule

_NO_TEXTS: Mapping[str, str] = MappingProxyType({})

CAPABILITIES = ("USER", "TOP", "UIDL", "RESP-CODES", "AUTH-RESP-CODE", "PIPELINING", "IMPLEMENTATION smtpsim")
"""What CAPA lists (RFC 2449 6, RFC 3206 6)."""


class Service(NamedTuple):
    """`texts` maps reply keys to this server's own wording; `errors` is how many refusals end the session."""

    name: str
    texts: Mapping[str, str] = _NO_TEXTS
    errors: int = 20

    def rule(self, key: str) -> ReplyRule:
        return RULES[key]
