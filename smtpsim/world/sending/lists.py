"""Suppression lists: addresses that a service does not send to any more, and for whom. Pure, and O(log n) a mail."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from rpds import HashTrieMap

from smtpsim.kernel.duration import DAY
from smtpsim.world.sending.account import Account

LIFETIME = 14 * DAY
"""How long an address stays on the list of all customers (Amazon SES: up to 14 days)."""


class Listed(NamedTuple):
    """Since when an address is on a list (seconds since 1970), through whose mail, why (`bounce`, `complaint`), and in
    the words of the server that refused."""

    since: int
    account: str
    why: str
    words: str = ""


class Lists(NamedTuple):
    """`shared` is the list of all customers of a region, by address; `own` those of the accounts, by account and
    address. Addresses are in the form of `kernel.address.mailbox_address`."""

    shared: HashTrieMap[str, Listed] = HashTrieMap()
    own: HashTrieMap[tuple[str, str], Listed] = HashTrieMap()


EMPTY = Lists()


class Suppression(NamedTuple):
    """Why a mail is not sent: `scope` (shared, own), what the service calls it, whether it counts as a bounce of the
    sender's, and whether the sender is told by a bounce."""

    scope: str
    listed: Listed
    called: str
    counted: bool
    told: bool


class Mode(NamedTuple):
    """How a service goes by its lists. `scopes` names the lists that this account's mail is held against."""

    scopes: Callable[[Account], tuple[str, ...]]
    keeps_shared: bool
    keeps_own: bool
    told: bool


def _own_before_shared(account: Account) -> tuple[str, ...]:
    """An account that keeps a list of its own goes by that alone; the others by the list of all (Amazon SES)."""
    return ("own",) if account.own_list else ("shared",)


MODES: Mapping[str, Mode] = {
    "shared": Mode(lambda account: ("shared",), keeps_shared=True, keeps_own=False, told=True),
    "vendor": Mode(_own_before_shared, keeps_shared=True, keeps_own=True, told=True),
    "account": Mode(lambda account: ("own",), keeps_shared=False, keeps_own=True, told=False),
}
"""shared: one list for all customers of the region. vendor: as Amazon SES documents it today. account: a list within
each account, and what is held back is dropped without a bounce (SendGrid)."""

_CALLED = {"shared": "Permanent/Suppressed", "own": "Permanent/OnAccountSuppressionList"}
"""What Amazon SES calls it, by scope, where the sender is told."""

_DROPPED = {"bounce": "Dropped/Bounced Address", "complaint": "Dropped/Spam Reporting Address"}
"""What SendGrid calls it, by why the address is on the list."""


def find(lists: Lists, mode: str, account: Account, address: str, now: int) -> Suppression | None:
    """Why no mail of this account goes to the address, None when it may go."""
    rules = MODES[mode]
    for scope in rules.scopes(account):
        listed = _LOOKED_UP[scope](lists, account, address, now)
        if listed:
            called = _CALLED[scope] if rules.told else _DROPPED[listed.why]
            return Suppression(scope, listed, called, counted=scope == "shared", told=rules.told)
    return None


def _in_shared(lists: Lists, account: Account, address: str, now: int) -> Listed | None:
    listed = lists.shared.get(address)
    return listed if listed and in_force(listed, now) else None


def _in_own(lists: Lists, account: Account, address: str, now: int) -> Listed | None:
    return lists.own.get((account.name, address))


_LOOKED_UP: Mapping[str, Callable[[Lists, Account, str, int], Listed | None]] = {"shared": _in_shared, "own": _in_own}


def in_force(listed: Listed, now: int) -> bool:
    """Whether an address on the list of all customers is still held back."""
    return now - listed.since < LIFETIME


def bounced(lists: Lists, mode: str, account: Account, address: str, listed: Listed) -> Lists:
    """The lists once a mail of this account to the address has failed for good."""
    rules = MODES[mode]
    if rules.keeps_shared:
        lists = lists._replace(shared=lists.shared.insert(address, listed))
    return _on_own(lists, rules, account, address, listed)


def complained(lists: Lists, mode: str, account: Account, address: str, listed: Listed) -> Lists:
    """The lists once a reader has called a mail of this account spam: that is between the two."""
    return _on_own(lists, MODES[mode], account, address, listed)


def _on_own(lists: Lists, rules: Mode, account: Account, address: str, listed: Listed) -> Lists:
    if not (rules.keeps_own and account.own_list):
        return lists
    return lists._replace(own=lists.own.insert((account.name, address), listed))


def without(lists: Lists, address: str) -> Lists:
    """The lists with the address taken off all of them."""
    own = lists.own
    for key in [key for key in own if key[1] == address]:
        own = own.remove(key)
    return Lists(lists.shared.discard(address), own)


def names(lists: Lists, address: str) -> bool:
    """Whether the address is on any list."""
    return address in lists.shared or any(key[1] == address for key in lists.own)


SOFT = frozenset({"5.2.2", "5.3.4"})
SOFT_SUBJECT = "5.6."
"""Permanent by their code, and yet no fault of the address: the mailbox is full, the letter too large, its content
refused. Amazon SES calls these Transient (MailboxFull, MessageTooLarge, ContentRejected)."""


def is_hard(status: str) -> bool:
    """Whether a failure with this enhanced status code (RFC 3463) is a hard bounce. A receiver's refusal for reasons of
    its own, such as a reader's allow-list, looks the same to the service."""
    return status.startswith("5.") and status not in SOFT and not status.startswith(SOFT_SUBJECT)
