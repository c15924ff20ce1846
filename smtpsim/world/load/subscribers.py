"""What a host's subscribers have told it: `[subscribers.NAME]`, with the settings that the host's policies look at."""

from __future__ import annotations

from collections.abc import Iterable

from smtpsim.world.load.names import is_domain, is_mailbox
from smtpsim.world.load.table import Table
from smtpsim.world.model import UsedPolicy
from smtpsim.world.subscriber import LEVELS, LISTS, Subscriber

Subscribers = dict[str, Subscriber]
"""By the local part of the mailbox."""


def read_subscribers(table: Table, policies: Iterable[UsedPolicy], known: Iterable[str]) -> Subscribers:
    """Read the subscribers among the mailboxes in `known`; mistakes go into the table's report."""
    wanted = looked_at(policies)
    subscribers = table.table("subscribers")
    for local in subscribers.data:
        if local.lower() not in known:
            subscribers.wrong(local, "mailbox-unknown", known=", ".join(known))
    found = {local.lower(): _subscriber(subscribers.table(local), wanted) for local in subscribers.data}
    subscribers.close()
    return found


def looked_at(policies: Iterable[UsedPolicy]) -> frozenset[str]:
    """The settings of a subscriber that these policies look at; all, where none does: they may be switched off."""
    return frozenset(name for used in policies for name in used.policy.subscriber) or frozenset(Subscriber._fields)


def is_sender(text: str) -> bool:
    """Whether the text can be an entry of a list: a domain or an address."""
    return is_mailbox(text) if "@" in text else is_domain(text)


def _subscriber(table: Table, wanted: frozenset[str]) -> Subscriber:
    """A setting that no policy of the host looks at stays unread, and is reported as an unknown key."""
    usual = Subscriber()
    allow, deny, permit = (_senders(table, name) if name in wanted else () for name in LISTS)
    found = Subscriber(
        allow=allow,
        deny=deny,
        permit=permit,
        spoofing=table.flag("spoofing", usual.spoofing) if "spoofing" in wanted else usual.spoofing,
        level=_level(table, usual.level) if "level" in wanted else usual.level,
    )
    table.close()
    return found


def _senders(table: Table, name: str) -> tuple[str, ...]:
    values = table.texts(name)
    for value in values:
        if not is_sender(value):
            table.wrong(name, "not-a-sender", found=value)
    return tuple(value.lower() for value in values)


def _level(table: Table, default: str) -> str:
    level = table.text("level", default)
    if level in LEVELS:
        return level
    table.wrong("level", "not-a-word", found=level, known=", ".join(LEVELS))
    return default
