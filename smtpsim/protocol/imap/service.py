"""What one IMAP server is: its name, its limits, and its own words for a reply."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from smtpsim.protocol.imap.replies import RULES
from smtpsim.protocol.imap.reply import ReplyRule

_NO_TEXTS: Mapping[str, str] = MappingProxyType({})

CAPABILITIES = ("IMAP4rev1",)
"""What CAPABILITY lists (RFC 3501 6.1.1)."""


class Limits(NamedTuple):
    """How much a stranger may ask for.

    `command` is in octets with all literals, `reply` in characters that one FETCH gives; `flags` counts those of one
    mail, `errors` the refusals that end the session.
    """

    command: int = 65_536
    reply: int = 33_554_432
    flags: int = 50
    errors: int = 20


class Service(NamedTuple):
    """`texts` maps reply keys to this server's own wording."""

    name: str
    texts: Mapping[str, str] = _NO_TEXTS
    limits: Limits = Limits()

    def rule(self, key: str) -> ReplyRule:
        return RULES[key]
