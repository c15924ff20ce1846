"""What one server offers: its name, its verbs and parameters, its limits, and its own words for a reply."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from smtpsim.protocol.smtp.extension import Extension, ParameterCheck
from smtpsim.protocol.smtp.reply import Reply, ReplyRule

if TYPE_CHECKING:
    from smtpsim.protocol.smtp.step import Verb


class Limits(NamedTuple):
    """`size` is in octets of the letter, 0 for none; the others count."""

    size: int = 10_485_760
    recipients: int = 1000
    errors: int = 20


class Service(NamedTuple):
    """Made by `offer.service`, which derives the look-up tables from the extensions.

    `texts` maps reply keys to this server's own wording; `fixed` holds the replies that are always the same,
    as said without and with enhanced codes; `mechanisms` are those of AUTH.
    """

    name: str
    extensions: tuple[Extension, ...]
    limits: Limits
    mechanisms: tuple[str, ...]
    texts: Mapping[str, str]
    verbs: Mapping[str, Verb]
    rules: Mapping[str, ReplyRule]
    fixed: Mapping[str, tuple[Reply, Reply]] = MappingProxyType({})
    mail_parameters: Mapping[str, ParameterCheck] = MappingProxyType({})
    rcpt_parameters: Mapping[str, ParameterCheck] = MappingProxyType({})
    single_parameters: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()

    def offers(self, keyword: str) -> bool:
        """Whether EHLO lists this extension."""
        return keyword in self.keywords

    def rule(self, key: str) -> ReplyRule:
        return self.rules[key]
