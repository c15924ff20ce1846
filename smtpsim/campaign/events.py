"""The days on which something turned: a blocklist was hit, the service looked at the account or stopped it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from smtpsim.campaign.mailing import Mailing


class Event(NamedTuple):
    """`key` is listed, delisted, blocked, unblocked, or the account's new standing; `what` the list or host, "" for the
    account."""

    day: int
    key: str
    what: str = ""


def events(mailings: Iterable[Mailing]) -> tuple[Event, ...]:
    """What turned from one mailing to the next, in the order of the days."""
    before = Mailing(0)
    found: list[Event] = []
    for mailing in mailings:
        found += _turned(before, mailing)
        before = mailing
    return tuple(found)


def _turned(before: Mailing, now: Mailing) -> Iterator[Event]:
    yield from (Event(now.day, "listed", what) for what in now.listed if what not in before.listed)
    yield from (Event(now.day, "delisted", what) for what in before.listed if what not in now.listed)
    yield from (Event(now.day, "blocked", what) for what in now.blocked if what not in before.blocked)
    yield from (Event(now.day, "unblocked", what) for what in before.blocked if what not in now.blocked)
    if now.standing != before.standing:
        yield Event(now.day, now.standing)
