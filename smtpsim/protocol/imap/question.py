"""What IMAP asks the world, and the answer it gets."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from smtpsim.protocol.imap.reply import ReplyRule
from smtpsim.protocol.maildrop import Maildrop

_NO_VALUES: Mapping[str, object] = MappingProxyType({})


class AskLogin(NamedTuple):
    """Does this password fit?"""

    user: str
    secret: str
    stage: Literal["login"] = "login"


class AskMaildrops(NamedTuple):
    """What lies in this user's mailboxes now, or in the one that is named?"""

    user: str
    mailbox: str = ""
    stage: Literal["maildrops"] = "maildrops"


Question = AskLogin | AskMaildrops


class Verdict(NamedTuple):
    """The world's answer. `rule` is the refusal to give, None for the usual acceptance; `values` fill its text.

    `maildrops` are the mailboxes that were asked for, as far as there are such, and `now` is the time of the world in
    seconds since 1970, for AskMaildrops only.
    """

    rule: ReplyRule | None = None
    values: Mapping[str, object] = _NO_VALUES
    maildrops: tuple[Maildrop, ...] = ()
    now: int = 0

    @property
    def accepts(self) -> bool:
        return self.rule is None or self.rule.accepts

    def maildrop(self, name: str) -> Maildrop | None:
        """The mailbox of this name, None where there is none."""
        return next((drop for drop in self.maildrops if drop.name == name), None)
