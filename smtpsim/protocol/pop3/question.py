"""What POP3 asks the world, and the answer it gets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from smtpsim.protocol.maildrop import Maildrop
from smtpsim.protocol.pop3.reply import ReplyRule

_NO_VALUES: Mapping[str, object] = MappingProxyType({})


class AskLogin(NamedTuple):
    """Does this password fit, and what lies in the maildrop? With a `challenge`, `secret` is the digest that APOP makes
    of both (RFC 1939 7)."""

    user: str
    secret: str
    challenge: str = ""
    stage: Literal["login"] = "login"


Question = AskLogin


class Verdict(NamedTuple):
    """The world's answer. `rule` is the refusal to give, None for the usual acceptance; `values` fill its text.

    `maildrop` is what the session sees until its end: mail that comes later is not in it (RFC 1939 8).
    """

    rule: ReplyRule | None = None
    values: Mapping[str, object] = _NO_VALUES
    maildrop: Maildrop = Maildrop()

    @property
    def accepts(self) -> bool:
        return self.rule is None or self.rule.accepts
