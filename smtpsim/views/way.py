"""The way of a mail as a line: who has had it, hand to hand, and where it is now, in square brackets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from smtpsim.world.model import Outcome

TO = "\N{RIGHTWARDS ARROW}\N{NO-BREAK SPACE}"
STOPPED = "\N{BALLOT X}\N{NO-BREAK SPACE}"
AHEAD = "\N{MIDLINE HORIZONTAL ELLIPSIS}\N{NO-BREAK SPACE}"
"""Handed on, refused there, and still to go. No line is broken between them and what follows."""


class Way(NamedTuple):
    """`stations` are those that have had the mail; `ends` the addresses that it is for, or the mailboxes it is in."""

    stations: tuple[str, ...]
    ends: tuple[str, ...]


def drawn(way: Way, outcome: Outcome) -> str:
    """The line, ending as the outcome's status wants it."""
    return _ENDINGS[outcome.status](way, outcome)


def _arrived(way: Way, outcome: Outcome) -> str:
    return _joined(way.stations, f"{TO}{listed([f'[{end}]' for end in way.ends])}")


def _waiting(way: Way, outcome: Outcome) -> str:
    *had, last = way.stations
    return _joined((*had, f"[{last}]"), f"{AHEAD}{listed(way.ends)}")


def _stopped(way: Way, outcome: Outcome) -> str:
    """The break stands before the host that refused, or after the one that gave up."""
    ends = listed(way.ends)
    if outcome.host in way.stations:
        return _joined(way.stations, f"{STOPPED}{ends}")
    return _joined(way.stations, f"{STOPPED}{outcome.host} {AHEAD}{ends}")


def _joined(stations: Sequence[str], ending: str) -> str:
    return " ".join([f" {TO}".join(stations), ending])


MOST_ENDS = 6
"""Addresses that one line names."""


def listed(ends: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = len(ends) - MOST_ENDS
    return ", ".join([*ends[:MOST_ENDS], *([f"+{more}"] if more > 0 else ())])


_ENDINGS: dict[str, Callable[[Way, Outcome], str]] = {
    "rejected": _stopped,
    "accepted": _waiting,
    "queued": _waiting,
    "deferred": _waiting,
    "relayed": _waiting,
    "delivered": _arrived,
    "dropped": _stopped,
    "suppressed": _stopped,
    "bounced": _stopped,
    "discarded": _stopped,
}
"""By the status of an outcome."""
