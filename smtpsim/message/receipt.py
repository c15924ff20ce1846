"""Read receipts: whether one is asked for, and whether it may be sent (RFC 8098 2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from smtpsim.kernel.ref import Ref
from smtpsim.message.addresses import NamedAddress, address_fault, addresses, unique
from smtpsim.message.headers import Headers
from smtpsim.message.parameters import read_content_type
from smtpsim.message.receipt_setting import Setting

ASKING = "Disposition-Notification-To"


class Action(StrEnum):
    """What a reader's program does when such a mail is opened. The mail can be read in any case."""

    NOTHING = "nothing"
    ASK = "ask"
    SEND = "send"


class Receipt(NamedTuple):
    """`asked_by` are the addresses that want the receipt; `rule` is the key of `RULES` that decides about it
    (the words are in the catalogues, under `mail.receipt-RULE`)."""

    asked_by: tuple[NamedAddress, ...]
    rule: str

    @property
    def allowed(self) -> bool:
        """Whether the reader may send it."""
        return RULES[self.rule].most is not Action.NOTHING

    def action(self, setting: Setting) -> Action:
        """What to do at this setting of the reader's program."""
        return min(RULES[self.rule].most, _WANTED[setting], key=_BOLDNESS.index)


class Rule(NamedTuple):
    """The most that a program may do of itself, and where that is said."""

    most: Action
    ref: Ref


RULES: Mapping[str, Rule] = {
    "not-asked": Rule(Action.NOTHING, Ref(8098, "2.1")),
    "report": Rule(Action.NOTHING, Ref(8098, "2.1")),
    "sent": Rule(Action.NOTHING, Ref(8098, "2.1")),
    "no-return-path": Rule(Action.ASK, Ref(8098, "2.1")),
    "several": Rule(Action.ASK, Ref(8098, "2.1")),
    "differs": Rule(Action.ASK, Ref(8098, "2.1")),
    "free": Rule(Action.SEND, Ref(8098, "2.1")),
}
"""In the order in which they are tried."""

_REPORTS = ("multipart/report", "message/disposition-notification", "message/global-disposition-notification")
_BOLDNESS = (Action.NOTHING, Action.ASK, Action.SEND)
_WANTED = {Setting.OFF: Action.NOTHING, Setting.ASK: Action.ASK, Setting.ON: Action.SEND}


def receipt(headers: Headers, sent: bool) -> Receipt:
    """What the header of a stored mail says about a receipt; `sent` when its reader has sent one already."""
    named = (one for value in headers.values(ASKING) for one in addresses(value))
    asked_by = unique(one for one in named if one.address.isprintable() and not address_fault(one.address))
    return Receipt(asked_by, _rule(headers, asked_by, sent))


def _rule(headers: Headers, asked_by: tuple[NamedAddress, ...], sent: bool) -> str:
    """The first rule that applies. Of several Return-Path lines the uppermost is the own server's."""
    paths = headers.values("Return-Path")[:1]
    origin = [one.identity for path in paths for one in addresses(path)]
    tried = (
        ("not-asked", not asked_by),
        ("report", read_content_type(headers.first("Content-Type")).media_type in _REPORTS),
        ("sent", sent),
        ("no-return-path", not paths),
        ("several", len(asked_by) > 1),
        ("differs", [one.identity for one in asked_by] != origin),
    )
    return next((rule for rule, applies in tried if applies), "free")
